/** The words in which the door for the clouds' own SDKs speaks with each cloud's folder. */
import type * as z from 'zod';
import type { ErrorCode } from '../model/error.ts';
import type { RuleSlug } from '../model/rule-slug.ts';
import type { Service } from './service.ts';

/** Named values, as a request states them or an answer carries them. */
export type Fields = Readonly<Record<string, unknown>>;

/** A request as it came, before anything in it is believed. */
export interface WireRequest {
  readonly method: string;
  readonly path: string;
  /** As it stands in the URL, without "?". */
  readonly query: string;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** The very bytes, since signatures are over them. */
  readonly body: Buffer;
}

export interface WireResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A failure in a cloud's own words. */
export interface WireError {
  /** Exactly as the cloud spells it, its misspellings too. */
  readonly code: string;
  /** HTTP status. Absent: 200, where the cloud tells failures in the body alone. */
  readonly status?: number;
  /** Absent: what the service says of the refusal. */
  readonly message?: string;
}

/** Thrown where a request cannot be read, or is refused by what the cloud's wire alone asks for. */
export class ProviderError extends Error {
  override readonly name = 'ProviderError';
  readonly error: WireError;

  constructor(error: WireError) {
    super(`${error.code}: ${error.message ?? ''}`);
    this.error = error;
  }
}

/** Why a signature proves nothing. */
export type AuthFailure =
  | 'unknown-key'
  | 'disabled-key'
  | 'wrong-signature'
  /** Its time is outside the cloud's window. */
  | 'stale'
  /** Its nonce was used before. */
  | 'replayed'
  /** The cloud's protocol is switched off in this installation. */
  | 'switched-off';

/** How a cloud, or one of its products, tells what went wrong. */
export interface WireErrors {
  readonly codes: Readonly<Record<ErrorCode, WireError>>;
  /** What some rules refuse, where the cloud tells it more exactly than by the code. */
  readonly rules: Readonly<Partial<Record<RuleSlug, WireError>>>;
  readonly authFailures: Readonly<Record<AuthFailure, WireError>>;
  readonly noSuchAction: (action: string) => WireError;
  readonly missingRegion: WireError;
  readonly unsupportedRegion: (region: string) => WireError;
  readonly missingParameter: (name: string) => WireError;
  readonly unknownParameter: (name: string) => WireError;
  /** `reason` completes "the parameter ...". */
  readonly wrongParameter: (name: string, reason: string) => WireError;
}

/** What a request says, none of it proven. */
export interface WireCall {
  readonly keyId: string;
  /** Absent where the signature carries no time. */
  readonly signedAt?: Date;
  /** Refused a second time while a request signed at that time would be believed. */
  readonly nonce?: string;
  /** Compares in constant time. */
  readonly isSignedWith: (secret: string) => boolean;
  readonly action: string;
  /** As stated; absent where the call names none. */
  readonly region: string | undefined;
  /** The project that the call states, where images belong to projects. */
  readonly project?: string | undefined;
  readonly parameters: Fields;
}

/** One action of a cloud: what it takes, and the calls of ours that do it. */
export interface WireAction {
  readonly parameters: z.ZodObject;
  /** Gives the fields of the cloud's answer. */
  readonly run: (parameters: never, service: Service) => Promise<Fields>;
}

/** Defines an action of a cloud; the type of its parameters follows from their schemas. */
export const wireAction = <Parameters extends z.ZodObject>(definition: {
  readonly parameters: Parameters;
  readonly run: (parameters: z.output<Parameters>, service: Service) => Promise<Fields>;
}): WireAction => definition;

/** One way of speaking to a cloud: a product of it, or a generation of its API. */
export interface Dialect {
  readonly actions: Readonly<Record<string, WireAction>>;
  readonly errors: WireErrors;
  /** How far the clocks may be apart; absent where signatures carry no time. */
  readonly clockWindowSeconds?: number;
  /** The index of a list's first entry in names such as `Ids.0`. */
  readonly firstIndex: 0 | 1;
  /** Reads who asks for what. Throws ProviderError. */
  readonly read: (request: WireRequest) => WireCall;
  readonly success: (request: WireRequest, response: { action: string; fields: Fields; requestId: string }) => WireResponse;
  /** Answers any failure, of a request that could not be read too. */
  readonly failure: (request: WireRequest, failure: { error: WireError; message: string; requestId: string }) => WireResponse;
}

/** How a cloud's SDKs speak. */
export interface Protocol {
  /** Whether the request is made in this cloud's manner, however wrong. */
  readonly recognizes: (request: WireRequest) => boolean;
  /** The dialect of a request that was recognized. */
  readonly dialectOf: (request: WireRequest) => Dialect;
}
