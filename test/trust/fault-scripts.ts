/** Which faults are played, at which requests of a call. */
import { canHappen, type Fault, type Planned } from './faulty-network.ts';

/** Faults of consecutive requests. The last one can go on for ever. */
interface Script {
  readonly faults: readonly Fault[];
  readonly forever?: boolean;
}

const each: readonly Fault[] = [
  'throughput exceeded',
  'throttled',
  'internal error',
  'conflict',
  'transaction conflict',
  'transaction throttled',
  'transaction in progress',
  'reset',
  'reset after',
  'no answer',
  'no answer after',
  'no answer, late',
];

/** Each fault once, for all attempts of the SDK, and, if it differs from that, until the caller is answered. Then, mixed ones. */
const scripts: readonly Script[] = [
  ...each.map((fault) => ({ faults: [fault] })),
  ...each.map((fault) => ({ faults: [fault, fault, fault] })),
  ...(['throttled', 'transaction conflict', 'no answer'] as const).map((fault) => ({ faults: [fault], forever: true })),
  { faults: ['reset after', 'throttled', 'throttled'] },
  { faults: ['reset after', 'transaction in progress', 'transaction in progress'] },
  { faults: ['no answer after', 'transaction throttled', 'throttled'] },
  { faults: ['no answer, late', 'transaction conflict'] },
  { faults: ['no answer, late', 'throttled', 'throttled', 'reset'] },
  { faults: ['internal error', 'transaction conflict', 'reset after'] },
];

interface FaultPlan {
  readonly script: Script;
  /** The number of the request with the first fault. */
  readonly at: number;
  /** Whether the caller repeats the call with its Idempotency-Key. */
  readonly isRepeated: boolean;
}

/** Returns all plans for a call that makes these requests if nothing fails. */
export const plansFor = (operations: readonly string[]): FaultPlan[] =>
  operations.flatMap((operation, at) =>
    scripts
      .filter(({ faults }) => faults.every((fault) => canHappen(fault, operation)))
      .flatMap((script) => [false, true].map((isRepeated) => ({ script, at, isRepeated }))),
  );

/** Returns the faults of a plan, for the requests to which they can happen. */
export function faultsOf({ script: { faults, forever = false }, at }: FaultPlan): Planned {
  let next = 0;
  return (operation, request) => {
    const fault = request < at ? undefined : (faults[next] ?? (forever ? faults.at(-1) : undefined));
    if (fault === undefined || !canHappen(fault, operation)) {
      return undefined;
    }
    next += 1;
    return fault;
  };
}
