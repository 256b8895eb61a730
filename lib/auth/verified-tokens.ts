import { hash } from 'node:crypto';
import type { Caller } from './caller.ts';

/** What the verification of a token found. */
export interface VerifiedToken {
  readonly caller: Caller;
  /** The `exp` claim. */
  readonly expiresAt: number;
  /** The `nbf` claim. */
  readonly notBefore: number | undefined;
}

/** How long a verification is remembered: so long after the issuer's keys were read can a token still be accepted. */
export const verificationMs = 5 * 60_000;

const tokensMax = 1_000;

export const clockToleranceSeconds = 5;

/**
 * Remembers which tokens were verified, by their digest, so that a signature is verified once and not for every call. The time is
 * still checked at each call. Tokens that are refused aren't remembered.
 */
export function rememberVerified(
  verify: (token: string) => Promise<VerifiedToken>,
  now: () => number = Date.now,
): (token: string) => Promise<Caller> {
  const remembered = new Map<string, VerifiedToken & { readonly until: number }>();
  return async (token) => {
    const digest = hash('sha256', token, 'base64');
    const known = remembered.get(digest);
    remembered.delete(digest);
    if (known !== undefined && known.until > now() && isCurrent(known, now())) {
      // The last entry is the one that was used last.
      remembered.set(digest, known);
      return known.caller;
    }
    const verified = await verify(token);
    remembered.set(digest, { ...verified, until: now() + verificationMs });
    if (remembered.size > tokensMax) {
      remembered.delete(remembered.keys().next().value as string);
    }
    return verified.caller;
  };
}

/** The same check as that of the verification. */
function isCurrent({ expiresAt, notBefore = 0 }: VerifiedToken, nowMs: number): boolean {
  const seconds = Math.floor(nowMs / 1_000);
  return expiresAt > seconds - clockToleranceSeconds && notBefore <= seconds + clockToleranceSeconds;
}
