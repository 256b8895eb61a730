import type { PrincipalId } from './ids.ts';
import type { RuleSlug } from './rule-slug.ts';

/** Every error code that a caller can receive. */
export const errorCodes = [
  'InvalidRequest',
  'Unauthenticated',
  'Forbidden',
  'NotOwner',
  'ImageNotFound',
  'InstanceNotFound',
  'CopyJobNotFound',
  'RegionNotFound',
  'AccountNotFound',
  'ProjectNotFound',
  'KeyNotFound',
  'RouteNotFound',
  'ImageNotShareable',
  'RecipientNotFound',
  'RecipientIsOwner',
  'RecipientDoesNotAccept',
  'RiskNotAcknowledged',
  'ShareCapExceeded',
  'ImageShared',
  'ImageQuotaExceeded',
  'KeyQuotaExceeded',
  'AddressBookFull',
  'ImageNotUsable',
  'AccountInUse',
  'AccountClosed',
  'IdempotencyKeyReused',
  'PreconditionFailed',
  'Internal',
  'Unavailable',
] as const;
export type ErrorCode = (typeof errorCodes)[number];

/** One element of a request that a rule rejects: `id` is a recipient, an image, or the path of a field. */
export interface Violation {
  readonly id: string;
  readonly code: ErrorCode;
  readonly rule?: RuleSlug;
  readonly reason: string;
}

/** The part of an error that can be shown to the caller. */
export interface ErrorDetails {
  /** What happened and why, in complete sentences. */
  readonly detail: string;
  /** What the caller can do about it, as a complete sentence. */
  readonly remedy?: string;
  readonly rule?: RuleSlug;
  readonly cap?: number;
  readonly used?: number;
  readonly remaining?: number;
  readonly recipients?: readonly PrincipalId[];
  readonly offenders?: readonly Violation[];
  readonly retryAfterSeconds?: number;
}

/** Joins detail and remedy, for places that show a single text. */
export const textOf = ({ detail, remedy }: Pick<ErrorDetails, 'detail' | 'remedy'>): string =>
  remedy === undefined ? detail : `${detail} ${remedy}`;

/** The only error class that actions, rules, and the store throw. Callers can see `details`, but never `cause`. */
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

/** The error for one invalid field of a request; `reason` completes "the field ...". */
export const invalidField = (field: string, reason: string, cause?: unknown): ActionError =>
  new ActionError(
    'InvalidRequest',
    { detail: `${field}: ${reason}.`, offenders: [{ id: field, code: 'InvalidRequest', reason }] },
    cause,
  );
