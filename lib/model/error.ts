import type { PrincipalId } from './ids.ts';
import type { RuleSlug } from './rule-slug.ts';

/** Every refusal and failure that a caller can meet. */
export const errorCodes = [
  'InvalidRequest',
  'Unauthenticated',
  'Forbidden',
  'NotOwner',
  'ImageNotFound',
  'InstanceNotFound',
  'RegionNotFound',
  'AccountNotFound',
  'ProjectNotFound',
  'KeyNotFound',
  'RouteNotFound',
  'ImageNotShareable',
  'RecipientNotFound',
  'RecipientIsOwner',
  'RiskNotAcknowledged',
  'ShareCapExceeded',
  'ImageShared',
  'ImageQuotaExceeded',
  'KeyQuotaExceeded',
  'ImageNotUsable',
  'AccountInUse',
  'AccountClosed',
  'IdempotencyKeyReused',
  'PreconditionFailed',
  'Internal',
  'Unavailable',
] as const;
export type ErrorCode = (typeof errorCodes)[number];

/** One thing among several in a request that a rule refuses: a recipient, an image, a field's path. */
export interface Violation {
  readonly id: string;
  readonly code: ErrorCode;
  readonly rule?: RuleSlug;
  readonly reason: string;
}

/** What of a refusal may be shown to the caller. */
export interface ErrorDetails {
  /** What happened and why, in whole sentences. */
  readonly detail: string;
  /** What the caller can do about it, in a whole sentence. */
  readonly remedy?: string;
  readonly rule?: RuleSlug;
  readonly cap?: number;
  readonly used?: number;
  readonly remaining?: number;
  readonly recipients?: readonly PrincipalId[];
  readonly offenders?: readonly Violation[];
  readonly retryAfterSeconds?: number;
}

/** The detail and the remedy, as they are shown where there is one text. */
export const textOf = ({ detail, remedy }: Pick<ErrorDetails, 'detail' | 'remedy'>): string =>
  remedy === undefined ? detail : `${detail} ${remedy}`;

/** The one error that actions, rules and store throw. `details` may be shown to the caller, `cause` never is. */
export class ActionError extends Error {
  override readonly name = 'ActionError';
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, details: ErrorDetails, cause?: unknown) {
    super(`${code}: ${textOf(details)}`, { cause });
    this.code = code;
    this.details = details;
  }
}

/** The refusal of one field of a request; `reason` completes "the field ...". */
export const invalidField = (field: string, reason: string, cause?: unknown): ActionError =>
  new ActionError(
    'InvalidRequest',
    { detail: `${field}: ${reason}.`, offenders: [{ id: field, code: 'InvalidRequest', reason }] },
    cause,
  );
