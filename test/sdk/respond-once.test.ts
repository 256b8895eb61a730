import type { RetryBudget } from '../../lib/app/retry.ts';
import type { Caller } from '../../lib/auth/caller.ts';
import type { PrincipalId } from '../../lib/model/ids.ts';
import { respondOnce } from '../../lib/sdk/respond-once.ts';
import { tencentProtocol } from '../../lib/sdk/tencent/protocol.ts';
import type { WireCall, WireResponse } from '../../lib/sdk/wire.ts';
import { noon, noonSeconds } from '../support/builders.ts';
import { MemoryStore } from '../support/memory-store/memory-store.ts';

const caller: Caller = { subject: 'k', account: '100000000001' as PrincipalId, scopes: new Set(['tenant']) };
const headers = { 'x-tc-action': 'RunInstances', 'x-tc-version': '2017-03-12' };
const dialect = tencentProtocol.dialectOf({ method: 'POST', path: '/', query: '', headers, body: Buffer.alloc(0) });
const callWith = (change: Partial<WireCall> = {}): WireCall => ({
  keyId: 'AK000000000000000000000000',
  signedAt: noon,
  nonce: 'n-1',
  isSignedWith: () => true,
  action: 'RunInstances',
  region: 'ap-guangzhou',
  parameters: { ImageId: 'img-00000000' },
  ...change,
});

/** Answers calls with a new body each time. */
function scene(budget: Partial<RetryBudget> = {}) {
  const store = new MemoryStore();
  let responses = 0;
  const respond = async (): Promise<WireResponse> => {
    responses += 1;
    return { status: 200, headers: {}, body: `response ${responses}` };
  };
  let remaining = 30_000;
  const remainingMs = () => {
    remaining -= 100;
    return remaining;
  };
  const patience = { remainingMs, wait: async () => undefined, random: () => 0, ...budget };
  return {
    store,
    answer: (call: WireCall, how = respond) =>
      respondOnce(call, caller, dialect, { store, now: () => noon, budget: patience }, how).then(({ body }) => body),
  };
}

describe('respondOnce', () => {
  it('returns the first response to the same request, and runs another one', async () => {
    const { answer } = scene();
    expect(await answer(callWith())).toBe('response 1');
    expect(await answer(callWith())).toBe('response 1');
    expect(await answer(callWith({ nonce: 'n-2' }))).toBe('response 2');
  });

  it('runs a request without a nonce every time', async () => {
    const { nonce: _, ...call } = callWith();
    const { answer } = scene();
    expect([await answer(call), await answer(call)]).toEqual(['response 1', 'response 2']);
  });

  it.each(['DescribeImages', 'GetResources', 'ListTagResources'])('reads again for %s', async (action) => {
    const { answer } = scene();
    const call = callWith({ action });
    expect([await answer(call), await answer(call)]).toEqual(['response 1', 'response 2']);
  });

  it.each<[string, Partial<WireCall>]>([
    ['action', { action: 'DeleteImages' }],
    ['region', { region: 'ap-shanghai' }],
    ['parameters', { parameters: { ImageId: 'img-11111111' } }],
  ])('refuses a used nonce with another %s, and says so', async (_, change) => {
    const { answer } = scene();
    await answer(callWith());
    await expect(answer(callWith(change))).rejects.toThrow(/Nonce was used for another request/);
  });

  it('waits for the response to the first request', async () => {
    let finish = (_: WireResponse): void => undefined;
    const { answer } = scene({ wait: async () => finish({ status: 200, headers: {}, body: 'late' }) });
    const first = answer(callWith(), () => new Promise((resolve) => (finish = resolve)));
    expect([await answer(callWith()), await first]).toEqual(['late', 'late']);
  });

  it('waits longer each time', async () => {
    const waits: number[] = [];
    const { answer } = scene({ wait: async (ms) => void waits.push(ms), random: () => 1 });
    const never = answer(callWith(), () => new Promise(() => undefined));
    await expect(answer(callWith())).rejects.toMatchObject({ code: 'Unavailable' });
    expect(waits[1]).toBeGreaterThan(waits[0] ?? 0);
    expect(never).toBeInstanceOf(Promise);
  });

  it('remembers a nonce until its signature is too old', async () => {
    const { answer, store } = scene();
    const until: number[] = [];
    store.recordNonce = async (use) => {
      until.push(use.until);
      return 'new';
    };
    await answer(callWith());
    expect(until).toEqual([noonSeconds + (dialect.clockWindowSeconds ?? 0) + 1]);
  });

  it('reports that it is busy if the first request gets no response in time', async () => {
    const { answer } = scene({ remainingMs: () => 0 });
    const never = answer(callWith(), () => new Promise(() => undefined));
    await expect(answer(callWith())).rejects.toMatchObject({ code: 'Unavailable' });
    expect(never).toBeInstanceOf(Promise);
  });

  it('returns a response that could not be recorded', async () => {
    const { answer, store } = scene();
    store.commit = () => Promise.reject(new Error('the table is down'));
    expect(await answer(callWith())).toBe('response 1');
  });
});
