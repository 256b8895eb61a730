import * as z from 'zod';
import type { AccessKeyId, PrincipalId } from './ids.ts';

/** A disabled key can sign requests again only after it is reactivated. */
export const AccessKeyState = z.enum(['active', 'disabled']);
export type AccessKeyState = z.infer<typeof AccessKeyState>;

/** A secret at rest: encrypted under a data key, which is itself stored wrapped. All strings are base64url. */
export interface SealedSecret {
  readonly nonce: string;
  readonly text: string;
  readonly tag: string;
  readonly wrappedKey: string;
}

/** An ID and a secret with which the clouds' SDKs sign requests on behalf of an account. */
export interface AccessKey {
  readonly keyId: AccessKeyId;
  readonly account: PrincipalId;
  readonly state: AccessKeyState;
  readonly createdAt: Date;
  readonly secret: SealedSecret;
  /** When it last signed a request. Updated at most once an hour. Absent if it never did. */
  readonly lastUsedAt?: Date;
}

/** Minimum time between two recorded uses of an access key. */
export const keyUseIntervalMs = 3_600_000;
