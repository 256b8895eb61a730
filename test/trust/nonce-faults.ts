/**
 * Faults of signed requests: one that creates an image, with each fault at each of its requests to DynamoDB, is sent again as it was.
 * It has one effect at most. It gets the first response, or is asked to wait if that response could not be recorded, but is never
 * mistaken for a replay. A single fault, such as a lost answer to the write of its nonce, goes unnoticed. Another request with its
 * nonce is refused.
 */
import { importImage } from '../../functions/import-image.ts';
import { withRetry } from '../../lib/app/retry.ts';
import type { Caller } from '../../lib/auth/caller.ts';
import { ActionError } from '../../lib/model/error.ts';
import { respondOnce } from '../../lib/sdk/respond-once.ts';
import { tencentProtocol } from '../../lib/sdk/tencent/protocol.ts';
import { ProviderError, type WireCall } from '../../lib/sdk/wire.ts';
import { DynamoDBStore } from '../../lib/table/dynamodb-store.ts';
import { nonceKey } from '../../lib/table/items/nonce.ts';
import { accessKeyId, fixtureOf, noon, principal } from '../support/builders.ts';
import { freshTable } from '../support/dynamodb.ts';
import { InMemoryService } from '../support/in-memory-service.ts';
import { requestServer } from '../support/servers.ts';
import { nameOf, TableSnapshot } from '../support/table-snapshot.ts';
import { retryingCommits } from '../table/retrying-commits.ts';
import type { Result } from './check.ts';
import { faultsOf, plansFor } from './fault-scripts.ts';
import { FaultyNetwork, type Planned } from './faulty-network.ts';
import { budgetFrom } from './under-faults.ts';
import { VirtualTime } from './virtual-time.ts';

const { region } = fixtureOf('tencent');
const caller: Caller = { subject: 'k', account: principal('owner'), scopes: new Set(['tenant']) };
const dialect = tencentProtocol.dialectOf({
  method: 'POST',
  path: '/',
  query: '',
  headers: { 'x-tc-action': 'ImportImage', 'x-tc-version': '2017-03-12' },
  body: Buffer.alloc(0),
});
const keyId = accessKeyId('AK000000000000000000000000');
const nonce = 'n-1';
const call: WireCall = { keyId, nonce, signedAt: noon, isSignedWith: () => true, action: 'ImportImage', region, parameters: {} };
const otherCall: WireCall = { ...call, parameters: { ImageName: 'other' } };

/** The body of the response, or how the request was refused. */
type Reply = { readonly body: string } | 'try again' | 'replayed';

/** Plays all faults. `isPlayed` chooses from the rounds. */
export async function playNonceFaults(isPlayed: (round: number) => boolean): Promise<Result> {
  const { endpoint } = await requestServer('dynamodb');
  const network = await FaultyNetwork.start(endpoint);
  const { client, table } = await freshTable();
  const service = new InMemoryService(retryingCommits(new DynamoDBStore(client, table)), { at: noon });
  await service.createAccounts('owner');
  const snapshot = await TableSnapshot.take(client, table);
  const violations: unknown[] = [];
  let [numbered, rounds] = [0, 0];

  const play = async (faults: Planned) => {
    await snapshot.restore();
    const time = new VirtualTime();
    await network.plan(time, faults);
    const send = (sent: WireCall) => time.run(() => replyTo(sent, { network, table, service, time }));
    const first = await send(call);
    const { operations } = network;
    network.heal();
    await network.deliverLate();
    const names = new Set((await snapshot.current()).map(nameOf));
    const again = await send(call);
    const other = await send(otherCall);
    const images = await service.usedCount('images', region, principal('owner'));
    const isNoted = names.has(nameOf({ ...nonceKey(keyId, nonce) }));
    const isRecorded = [...names].some((name) => name.startsWith('["IDEMPOTENCY#'));
    return { operations, first, again, other, images, isNoted, isRecorded };
  };

  try {
    const { operations } = await play(() => undefined);
    for (const { script, at, isRepeated } of plansFor(operations)) {
      if (isRepeated) {
        continue;
      }
      numbered += 1;
      if (isPlayed(numbered)) {
        rounds += 1;
        const played = await play(faultsOf({ script, at, isRepeated }));
        const isSingle = script.faults.length === 1 && script.forever !== true;
        const violation = isSingle && played.first === 'try again' ? 'It fails because of one fault' : whatIsWrong(played);
        violations.push(...(violation === undefined ? [] : [{ script, at, violation, played }]));
      }
    }
  } finally {
    await network.stop();
  }
  return { rounds, violations };
}

interface Played {
  readonly first: Reply;
  readonly again: Reply;
  readonly other: Reply;
  readonly images: number;
  /** What is in the table before the request is sent again: its nonce, and its response. */
  readonly isNoted: boolean;
  readonly isRecorded: boolean;
}

function whatIsWrong({ first, again, other, images, isNoted, isRecorded }: Played): string | undefined {
  const isAsked = again === 'try again';
  if (first === 'replayed' || again === 'replayed') {
    return 'It is mistaken for a replay';
  }
  if (isAsked !== (isNoted && !isRecorded)) {
    return isAsked ? 'It is asked to wait for nothing' : 'It is made again, although it may have had its effect';
  }
  if (!isAsked && first !== 'try again' && first.body !== again.body) {
    return 'It gets another response';
  }
  return images > 1 ? 'It has two effects' : other === 'replayed' ? undefined : 'Another request with its nonce is not refused';
}

interface Place {
  readonly network: FaultyNetwork;
  readonly table: string;
  readonly service: InMemoryService;
  readonly time: VirtualTime;
}

/** Responds as lib/sdk/dispatch.ts does to an authenticated request. */
async function replyTo(sent: WireCall, { network, table, service, time }: Place): Promise<Reply> {
  const budget = budgetFrom(time);
  const view = Object.assign(Object.create(service) as InMemoryService, { store: new DynamoDBStore(network.client, table) });
  const facilities = { store: withRetry(view.store, budget), now: service.now, budget };
  const respond = async () => {
    const response = await view.call(importImage, { region, name: 'web', sizeGiB: 20 }, { budget }).catch(problemOf);
    return { status: 200, headers: {}, body: JSON.stringify(response) };
  };
  try {
    const { body } = await respondOnce(sent, caller, dialect, facilities, respond);
    return { body };
  } catch (failure) {
    if (failure instanceof ProviderError) {
      return 'replayed';
    }
    return problemOf(failure).code === 'Unavailable' ? 'try again' : fail(failure);
  }
}

const problemOf = (failure: unknown): { readonly code: string } => (failure instanceof ActionError ? failure : fail(failure));

function fail(failure: unknown): never {
  throw failure;
}
