/** Random calls that are mostly allowed: those of an owner who shares a few images with a few others. */
import fc from 'fast-check';
import type { Call, RegionNumber } from './call.ts';
import { accounts } from './calls.ts';

/** Values, each with how often it is chosen. */
const oneOf = <const Value>(...weights: readonly (readonly [weight: number, value: Value])[]): fc.Arbitrary<Value> =>
  fc.oneof(...weights.map(([weight, value]) => ({ weight, arbitrary: fc.constant(value) })));

/** The callers, and an account that doesn't exist. */
const names = [...accounts, 'nobody'];
const anyone = fc.constantFrom(...accounts);
const name = fc.constantFrom(...names);
const owner = oneOf([8, 'owner'], [2, 'a'], [1, 'b']);
const image = oneOf([6, 0], [4, 1], [2, 2], [1, 3], [1, 4]);
const region = oneOf<RegionNumber>([2, 0], [1, 1]);
const regions = fc.shuffledSubarray<RegionNumber>([0, 1], { minLength: 1 });
const limit = fc.constantFrom(1, 2, 100);
const some = fc.oneof(
  { weight: 8, arbitrary: fc.subarray(['a', 'b', 'c'], { minLength: 1, maxLength: 2 }) },
  { weight: 1, arbitrary: fc.subarray(names, { minLength: 1 }) },
);
const ends = fc.oneof(
  { weight: 3, arbitrary: fc.constant(undefined) },
  { weight: 1, arbitrary: fc.constant(null) },
  { weight: 2, arbitrary: fc.nat({ max: 300 }) },
);
const acknowledges = oneOf([9, true], [1, false]);
const sharing = { by: owner, image, to: some, acknowledges, ends };

/** Calls with this name and these fields. */
const calls = <const Name extends string, Fields>(name: Name, fields: { [Field in keyof Fields]: fc.Arbitrary<Fields[Field]> }) =>
  fc.record({ do: fc.constant(name), ...fields }) as fc.Arbitrary<{ do: Name } & Fields>;

export const randomCall: fc.Arbitrary<Call> = fc.oneof(
  { weight: 3, arbitrary: calls('import', { by: owner, state: fc.constantFrom('pending', 'available', 'available') }) },
  { weight: 8, arbitrary: calls('share', sharing) },
  { weight: 4, arbitrary: calls('set', { ...sharing, to: fc.oneof(some, fc.constant<string[]>([])) }) },
  {
    weight: 4,
    arbitrary: calls('change', { ...sharing, to: fc.oneof(some, fc.constant<string[]>([])), remove: some })
      .map((call) => ({ ...call, remove: call.remove.filter((account) => !call.to.includes(account)) }))
      .filter(({ to, remove }) => to.length + remove.length > 0),
  },
  { weight: 4, arbitrary: calls('stop', { by: owner, image, remove: some }) },
  { weight: 1, arbitrary: calls('stop-all', { by: owner, image }) },
  { weight: 2, arbitrary: calls('delete', { by: owner, image }) },
  {
    weight: 8,
    arbitrary: fc.record({ do: fc.constantFrom('leave', 'save', 'launch', 'check', 'get', 'shares'), by: anyone, image }),
  },
  { weight: 2, arbitrary: calls('shares', { by: owner, image }) },
  { weight: 2, arbitrary: calls('copy', { by: owner, image, region }) },
  {
    weight: 8,
    arbitrary: calls('start-job', {
      ...sharing,
      regions,
    }),
  },
  { weight: 5, arbitrary: calls('get-job', { by: owner, job: oneOf([6, 0], [1, 1]) }) },
  { weight: 1, arbitrary: calls('jobs', { by: owner, region, limit }) },
  { weight: 2, arbitrary: calls('deprecate', { by: owner, image, deprecated: fc.boolean() }) },
  {
    weight: 6,
    arbitrary: calls('report', {
      image: oneOf([1, 0], [4, 1], [3, 2], [1, 3], [1, 4]),
      state: oneOf([4, 'available'], [1, 'failed']),
    }),
  },
  { weight: 3, arbitrary: calls('list', { by: anyone, region, limit }) },
  { weight: 2, arbitrary: calls('list', { by: anyone, region, scope: fc.constantFrom('owned', 'shared'), limit }) },
  { weight: 2, arbitrary: calls('all-shares', { by: owner, limit }) },
  { weight: 2, arbitrary: calls('all-shares', { by: owner, recipient: name, limit }) },
  { weight: 1, arbitrary: calls('recipients', { by: owner, limit }) },
  { weight: 2, arbitrary: calls('offboard', { by: owner, recipient: name, regions }) },
  {
    weight: 2,
    arbitrary: calls('accept', {
      by: anyone,
      from: oneOf([5, 'anyone'], [1, 'trusted']),
      blocked: fc.subarray([...accounts], { maxLength: 1 }),
    }),
  },
  { weight: 2, arbitrary: calls('clean-up', {}) },
  { weight: 4, arbitrary: calls('pass', { seconds: fc.integer({ min: 1, max: 30 }) }) },
);
