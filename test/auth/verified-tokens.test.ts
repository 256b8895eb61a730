import { rememberVerified, verificationMs } from '../../lib/auth/verified-tokens.ts';

const start = 1_800_000_000;

/** A verifier with a clock, in seconds from the start, that counts how often it verifies. */
function verifier({ exp = 3_600, nbf, fails = () => false }: { exp?: number; nbf?: number; fails?: () => boolean } = {}) {
  const verified: string[] = [];
  const state = { seconds: 0, verified, verify: async (_: string): Promise<unknown> => undefined };
  state.verify = rememberVerified(
    async (token) => {
      verified.push(token);
      if (fails()) {
        throw new Error('refused');
      }
      return {
        caller: { subject: token, scopes: new Set() },
        expiresAt: start + exp,
        notBefore: nbf === undefined ? undefined : start + nbf,
      };
    },
    () => (start + state.seconds) * 1_000,
  );
  return state;
}

describe('rememberVerified', () => {
  it('verifies each token once', async () => {
    const tokens = verifier();
    for (const token of ['a', 'b', 'a', 'b']) {
      expect(await tokens.verify(token)).toMatchObject({ subject: token });
    }
    expect(tokens.verified).toEqual(['a', 'b']);
  });

  it('verifies a token again after five minutes, even if it was used all the time', async () => {
    const tokens = verifier();
    for (; tokens.seconds <= verificationMs / 1_000; tokens.seconds += 60) {
      await tokens.verify('a');
    }
    expect(verificationMs).toBe(300_000);
    expect(tokens.verified).toEqual(['a', 'a']);
  });

  it('verifies a token again when it has expired, with 5 seconds of clock tolerance', async () => {
    const tokens = verifier({ exp: 60 });
    for (const seconds of [0, 64, 65]) {
      tokens.seconds = seconds;
      await tokens.verify('a');
    }
    expect(tokens.verified).toHaveLength(2);
  });

  it('verifies a token again if the clock is before its nbf', async () => {
    const tokens = verifier({ nbf: 0 });
    for (const seconds of [0, -5, -6]) {
      tokens.seconds = seconds;
      await tokens.verify('a');
    }
    expect(tokens.verified).toHaveLength(2);
  });

  it('does not remember tokens that were refused', async () => {
    let isRefused = true;
    const tokens = verifier({ fails: () => isRefused });
    await expect(tokens.verify('a')).rejects.toThrow('refused');
    isRefused = false;
    expect(await tokens.verify('a')).toMatchObject({ subject: 'a' });
  });

  it('remembers the 1,000 tokens that were used last', async () => {
    const tokens = verifier();
    const names = Array.from({ length: 1_000 }, (_, index) => `token-${index}`);
    for (const name of [...names, 'token-0', 'one more', 'token-0', 'token-1']) {
      await tokens.verify(name);
    }
    expect(tokens.verified).toEqual([...names, 'one more', 'token-1']);
  });
});
