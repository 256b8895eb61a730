import { measureInTurns, p50, p99, quantile } from '../../bench/stats.ts';

describe('quantile', () => {
  const upTo = (count: number) => Array.from({ length: count }, (_, index) => count - index);

  it.each([
    [0.5, 100, 50],
    [0.5, 3, 2],
    [0.99, 100, 99],
    [0.99, 101, 100],
    [0.99, 10, 10],
    [1, 7, 7],
    [0, 7, 1],
  ])('%d of 1 to %d is %d', (share, count, expected) => {
    expect(quantile(upTo(count), share)).toBe(expected);
  });

  it('of nothing is not a number', () => {
    expect([p50([]), p99([])]).toEqual([Number.NaN, Number.NaN]);
  });
});

describe('measureInTurns', () => {
  it('measures all contenders in turns, the first round as a warm-up, and starts each round with another one', async () => {
    const made: string[] = [];
    const contender = (name: string) => ({
      prepare: (count: number) =>
        Array.from({ length: count }, () => async () => {
          made.push(name);
        }),
    });

    const { a, b } = await measureInTurns({ a: contender('a'), b: contender('b') }, { rounds: 2, callers: 1, calls: 3 });

    expect([a.ms.length, b.ms.length]).toEqual([6, 6]);
    expect(made.join('')).toBe('aaabbbbbbaaaaaabbb');
  });

  it('lets each caller make one call at a time', async () => {
    let [running, most] = [0, 0];
    const prepare = (count: number) =>
      Array.from({ length: count }, () => async () => {
        running += 1;
        most = Math.max(most, running);
        await new Promise(setImmediate);
        running -= 1;
      });

    await measureInTurns({ a: { prepare } }, { rounds: 1, callers: 5, calls: 6 });

    expect(most).toBe(5);
  });

  it('fails if a call fails', async () => {
    const prepare = () => [() => Promise.reject(new Error('500'))];

    await expect(measureInTurns({ a: { prepare } }, { rounds: 1, callers: 1, calls: 1 })).rejects.toThrow('500');
  });
});
