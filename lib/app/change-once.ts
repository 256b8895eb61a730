import { ActionError } from '../model/error.ts';
import type { Plan } from '../model/plan.ts';
import type { Stamp } from '../model/record.ts';
import type { Facts, Store } from '../table/store.ts';
import { type ChangeOptions, change, forecast } from './change.ts';
import { type IdempotentCall, replay, withRecord } from './idempotency.ts';

interface ChangeOnceOptions<Result, Loaded extends Facts> extends Omit<ChangeOptions<Result, Loaded>, 'decide'> {
  readonly store: Store;
  /** Absent: the call has no Idempotency-Key. `load` must read its record. */
  readonly identity: IdempotentCall | undefined;
  readonly isDryRun: boolean;
  readonly newStamp: () => Stamp;
  readonly now: () => Date;
  /** See ChangeOptions in change.ts. */
  readonly decide: (facts: Loaded, stamp: Stamp) => Plan<Result>;
}

/**
 * Makes a change that has one effect, however often the call is repeated with its Idempotency-Key: the result is recorded with the
 * change, and a repeat returns it. In a dry run, decides without committing. Throws what `change` throws, and
 * IdempotencyKeyReused.
 */
export async function changeOnce<Result, Loaded extends Facts>({
  identity,
  isDryRun,
  newStamp,
  now,
  decide,
  ...options
}: ChangeOnceOptions<Result, Loaded>): Promise<{ readonly result: Result; readonly isReplayed: boolean }> {
  const run = isDryRun ? forecast : change;
  if (identity === undefined) {
    return { result: await run({ ...options, decide: (facts) => decide(facts, newStamp()) }), isReplayed: false };
  }
  let isReplayed = false;
  try {
    const result = await run<Result, Loaded>({
      ...options,
      decide(facts) {
        const stamp = newStamp();
        const recorded = replay<Result>(identity, facts.idempotencyRecord, stamp.at);
        isReplayed = recorded !== undefined;
        return recorded ?? withRecord(decide(facts, stamp), identity, stamp.at);
      },
    });
    return { result, isReplayed };
  } catch (error) {
    // A batch read is not a snapshot: it can contain the changes of an earlier attempt without its idempotency record.
    if (!(error instanceof ActionError) || error.code === 'Unavailable') {
      throw error;
    }
    const { idempotencyRecord } = await options.store.read({ idempotencyKey: identity.key });
    const recorded = replay<Result>(identity, idempotencyRecord, now());
    if (recorded === undefined) {
      throw error;
    }
    return { result: recorded.result, isReplayed: true };
  }
}
