import { policyFixtures } from '../support/builders.ts';
import { MemoryStore } from '../support/memory-store/memory-store.ts';
import { playHistories } from './histories.ts';
import { interleave, scopes } from './interleavings.ts';
import { naive } from './naive-store.ts';
import { startOn, withSmallLimits } from './start.ts';

describe.each(policyFixtures.map(withSmallLimits))('under $policy.name', (fixture) => {
  it('histories are answered as the model does', async () => {
    const start = () => startOn(fixture, new MemoryStore());

    expect(await playHistories(fixture, start, { rounds: Number(process.env['ROUNDS'] ?? 100), seed: 1 })).toBeUndefined();
  });

  it('interleavings', async () => {
    let rounds = 0;
    for (const scope of scopes(2)) {
      const result = await interleave(fixture, scope);
      rounds += result.rounds;
      expect(result.violations).toEqual([]);
    }
    console.log(rounds);
  });

  it('naive', async () => {
    let rounds = 0;
    let bad = 0;
    for (const scope of scopes(2)) {
      const result = await interleave(fixture, scope, naive);
      rounds += result.rounds;
      bad += result.violations.length;
    }
    console.log(rounds, bad);
  });
});
