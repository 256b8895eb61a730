/** The interface between the dispatcher of SDK requests and the protocol of each cloud. */
import type * as z from 'zod';
import type { ErrorCode } from '../model/error.ts';
import type { RuleSlug } from '../model/rule-slug.ts';
import type { Service } from './service.ts';

/** Parameters of a request or fields of a response, by name. */
export type Fields = Readonly<Record<string, unknown>>;

/** A request as received. Nothing in it has been verified. */
export interface WireRequest {
  readonly method: string;
  readonly path: string;
  /** Still encoded, without "?". */
  readonly query: string;
  /** By lowercase name. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** The raw bytes, which the signature covers. */
  readonly body: Buffer;
}

export interface WireResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** An error as a cloud reports it. */
export interface WireError {
  /** Exactly as the cloud spells it, including misspellings. */
  readonly code: string;
  /** HTTP status. Absent where the cloud reports errors only in the body, with status 200. */
  readonly status?: number;
  /** Absent: the service's own message. */
  readonly message?: string;
}

/** Thrown for a request that can't be read, or that breaks a requirement of the cloud's protocol rather than of the service. */
export class ProviderError extends Error {
  override readonly name = 'ProviderError';
  readonly error: WireError;

  constructor(error: WireError) {
    super(`${error.code}: ${error.message ?? ''}`);
    this.error = error;
  }
}

/** Why authentication failed. */
export type AuthFailure =
  | 'unknown-key'
  | 'disabled-key'
  | 'wrong-signature'
  /** The time of the signature is outside the cloud's window. */
  | 'stale'
  /** The nonce was used before. */
  | 'replayed'
  /** The cloud's protocol is disabled in this deployment. */
  | 'protocol-disabled';

/** The errors of a cloud, or of one of its products. */
export interface WireErrors {
  readonly codes: Readonly<Record<ErrorCode, WireError>>;
  /** More specific errors for some rules. They take precedence over `codes`. */
  readonly rules: Readonly<Partial<Record<RuleSlug, WireError>>>;
  readonly authFailures: Readonly<Record<AuthFailure, WireError>>;
  readonly noSuchAction: (action: string) => WireError;
  readonly missingRegion: WireError;
  readonly unsupportedRegion: (region: string) => WireError;
  readonly missingParameter: (name: string) => WireError;
  readonly unknownParameter: (name: string) => WireError;
  /** `reason` completes "the parameter ...". `value` is the value of the request, if it is known. */
  readonly wrongParameter: (name: string, reason: string, value?: unknown) => WireError;
}

/**
 * An issue of a parameter's schema that has an error of its own, which isn't the same for all parameters of this name. To be
 * passed as the `params` of a custom issue.
 */
export interface IssueError {
  readonly wireError: (name: string, value: unknown) => WireError;
}

/** A parsed request. Its signature has not been verified. */
export interface WireCall {
  readonly keyId: string;
  /** Absent if the protocol doesn't sign a time. */
  readonly signedAt?: Date;
  /** Accepted once, for as long as the time of the signature is. Absent if the protocol has none. */
  readonly nonce?: string;
  /** Compares in constant time. */
  readonly isSignedWith: (secret: string) => boolean;
  /** The error for a wrong signature, if it isn't the same for all requests. */
  readonly wrongSignature?: WireError;
  readonly action: string;
  /** Not validated, but not empty. */
  readonly region: string | undefined;
  /** The project of the call, in clouds where projects own images. Not validated. */
  readonly project?: string | undefined;
  readonly parameters: Fields;
}

/** An action of a cloud: its parameters and how it calls the service. */
export interface WireAction {
  readonly parameters: z.ZodObject;
  /** Returns the fields of the cloud's response. */
  readonly run: (parameters: never, service: Service) => Promise<Fields>;
}

/** Defines an action, and infers the type of its parameters from their schema. */
export const wireAction = <Parameters extends z.ZodObject>(definition: {
  readonly parameters: Parameters;
  readonly run: (parameters: z.output<Parameters>, service: Service) => Promise<Fields>;
}): WireAction => definition;

/** A variant of a cloud's protocol: a product, or a version of the API. */
export interface Dialect {
  readonly actions: Readonly<Record<string, WireAction>>;
  readonly errors: WireErrors;
  /** The largest accepted clock skew. Absent if the protocol doesn't sign a time. */
  readonly clockWindowSeconds?: number;
  /** The index of the first list entry in parameter names such as `Ids.0`. */
  readonly firstIndex: 0 | 1;
  /** Parses a request. Throws ProviderError. */
  readonly read: (request: WireRequest) => WireCall;
  readonly success: (request: WireRequest, response: { action: string; fields: Fields; requestId: string }) => WireResponse;
  /** Must also handle requests that can't be read. */
  readonly failure: (request: WireRequest, failure: { error: WireError; message: string; requestId: string }) => WireResponse;
}

/** The protocol of a cloud's SDKs. */
export interface Protocol {
  /** Returns the dialect of a recognized request. */
  readonly dialectOf: (request: WireRequest) => Dialect;
}
