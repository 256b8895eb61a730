import { type LoggedCall, logCall } from '../../lib/app/call-log.ts';
import { logger, retryBudgetOf } from '../../lib/app/process.ts';
import { decode } from '../../lib/stream/decode.ts';
import { relay } from '../../lib/stream/relay.ts';
import { anImage, principal, sharedWith } from '../support/builders.ts';
import { InMemoryService } from '../support/in-memory-service.ts';
import { imageWrite } from '../support/item-changes.ts';

type Line = Record<string, unknown> & { _aws?: { CloudWatchMetrics: readonly unknown[] } };

/** Returns the fields of the lines that `work` logs. */
async function linesOf(work: () => unknown, namespace = 'image-share-test'): Promise<Line[]> {
  const lines: Line[] = [];
  const { info } = logger;
  Object.assign(logger, { info: (_: string, fields: Line) => lines.push(fields) });
  process.env['METRICS_NAMESPACE'] = namespace;
  try {
    await work();
  } finally {
    Object.assign(logger, { info });
    delete process.env['METRICS_NAMESPACE'];
  }
  return lines;
}

const call: LoggedCall = { action: 'ShareImage', requestId: 'request-1', status: 200, ms: 1 };
const directive = (name: string, unit: string, dimensions: readonly string[] = []) => ({
  Namespace: 'image-share-test',
  Dimensions: [dimensions],
  Metrics: [{ Name: name, Unit: unit }],
});

describe('the line of a call', () => {
  it('counts a refusal by its rule, and how often the call waited', async () => {
    const lines = await linesOf(() => logCall({ ...call, status: 409, code: 'ShareCapExceeded', rule: 'share.cap', retries: 2 }));

    expect(lines).toMatchObject([{ rule: 'share.cap', Refusals: 1, retries: 2, Retries: 2 }]);
    expect(lines[0]?._aws?.CloudWatchMetrics).toEqual([directive('Refusals', 'Count', ['rule']), directive('Retries', 'Count')]);
  });

  it('has no metrics if nothing happened that they count, and none on a laptop', async () => {
    const [plain] = await linesOf(() => logCall(call));
    const [onLaptop] = await linesOf(() => logCall({ ...call, status: 409, rule: 'share.cap' }), '');

    expect(plain).not.toHaveProperty('_aws');
    expect(onLaptop).not.toHaveProperty('_aws');
    expect(onLaptop).not.toHaveProperty('Refusals');
  });
});

describe('retryBudgetOf', () => {
  it('counts how often the call waits', async () => {
    const lambda: Parameters<typeof retryBudgetOf>[0] = { getRemainingTimeInMillis: () => 1_000 };
    const { wait } = retryBudgetOf(lambda);
    await wait(0);
    await wait(0);

    expect(lambda.retries).toBe(2);
  });
});

describe('relay', () => {
  const [first, second, third] = [principal('first'), principal('second'), principal('third')];
  const before = anImage({ recipients: sharedWith([first]), revision: 7 });
  const relayed = async (after: typeof before, namespace?: string) => {
    const deps = { ...new InMemoryService().cleanUpDeps(), publish: async () => {} };
    return linesOf(() => relay(decode(imageWrite(after, before)), deps), namespace);
  };

  it('counts the shares that a write made and ended, and how much of the sharing limit they use', async () => {
    const lines = await relayed({ ...before, recipients: sharedWith([second, third]) });

    expect(lines).toMatchObject([{ SharesMade: 2, SharesEnded: 1, CapUsed: 4 }]);
    expect(lines[0]?._aws?.CloudWatchMetrics).toEqual([
      directive('SharesMade', 'Count'),
      directive('CapUsed', 'Percent'),
      directive('SharesEnded', 'Count'),
    ]);
  });

  it('writes no line for other writes, and none on a laptop', async () => {
    expect(await relayed({ ...before, name: 'another' })).toEqual([]);
    expect(await relayed({ ...before, recipients: {} }, '')).toEqual([]);
  });
});
