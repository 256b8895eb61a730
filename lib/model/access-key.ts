import * as z from 'zod';
import type { AccessKeyId, PrincipalId } from './ids.ts';

/** A disabled key signs nothing until it is made active again. */
export const AccessKeyState = z.enum(['active', 'disabled']);
export type AccessKeyState = z.infer<typeof AccessKeyState>;

/** A secret as it is stored: encrypted under a data key that is itself stored wrapped. All texts are base64url. */
export interface SealedSecret {
  readonly nonce: string;
  readonly text: string;
  readonly tag: string;
  readonly wrappedKey: string;
}

/** An id and a secret with which the clouds' own SDKs sign their calls in the name of an account. */
export interface AccessKey {
  readonly keyId: AccessKeyId;
  readonly account: PrincipalId;
  readonly state: AccessKeyState;
  readonly createdAt: Date;
  readonly secret: SealedSecret;
}
