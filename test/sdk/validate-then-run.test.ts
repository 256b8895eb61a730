import type { CallOptions, Service } from '../../lib/sdk/service.ts';
import { validateThenRun } from '../../lib/sdk/validate-then-run.ts';

/** Steps that log how they run, and what they run on. */
function stepsNamed(...names: readonly string[]) {
  const log: string[] = [];
  const steps = names.map((name) => async (service: Service) => {
    log.push(`${service.host} ${name}`);
    if (name === 'invalid') {
      throw new Error('invalid');
    }
    return name;
  });
  return { log, steps };
}

const service = {
  host: 'run',
  withOptions: ({ isDryRun }: CallOptions) => ({ host: isDryRun === true ? 'validate' : 'run' }),
} as unknown as Service;

describe('steps of a call', () => {
  it.each([
    [
      'several are validated before the first one runs',
      false,
      ['a', 'b'],
      ['validate a', 'validate b', 'run a', 'run b'],
      ['a', 'b'],
    ],
    ['a single one runs without being validated first', false, ['a'], ['run a'], ['a']],
    ['a single one is only validated in a dry run', true, ['a'], ['validate a'], []],
    ['several are only validated in a dry run', true, ['a', 'b'], ['validate a', 'validate b'], []],
    ['none do nothing', false, [], [], []],
  ])('%s', async (_, isDryRun, names, expected, results) => {
    const { log, steps } = stepsNamed(...names);

    expect(await validateThenRun(service, isDryRun, steps)).toEqual(results);
    expect(log).toEqual(expected);
  });

  it('do not run if a later one is invalid', async () => {
    const { log, steps } = stepsNamed('a', 'invalid', 'c');

    await expect(validateThenRun(service, false, steps)).rejects.toThrow('invalid');
    expect(log).toEqual(['validate a', 'validate invalid']);
  });
});
