import type { PrincipalId } from '../../lib/model/ids.ts';
import { DynamoDBStore } from '../../lib/table/dynamodb-store.ts';
import { type BenchDynamoDB, inconsistencies } from '../dynamodb.ts';
import type { Call, Contender } from '../stats.ts';
import { Floor } from './floor.ts';
import type { ApiRequest, Operation } from './operations.ts';
import { owners, Seed } from './seed.ts';

/** Makes calls on a table of its own. */
export interface Target {
  readonly table: string;
  readonly seed: Seed;
  /** Prepares the call for a request. */
  readonly callOf: (operation: string, request: ApiRequest) => Promise<Call>;
  readonly settle?: () => Promise<void>;
}

/** Creates the accounts in a table, and what the target needs to create images there. */
export async function seedTable({ plainClient }: BenchDynamoDB, table: string): Promise<Pick<Target, 'table' | 'seed'>> {
  const seed = new Seed(new DynamoDBStore(plainClient(), table));
  await seed.createAccounts();
  return { table, seed };
}

/** Creates the target that only makes the requests to DynamoDB: see floor.ts. */
export async function floorTarget(dynamodb: BenchDynamoDB): Promise<Target> {
  const table = await dynamodb.freshTable();
  const floor = new Floor(dynamodb.plainClient(), table);
  return { ...(await seedTable(dynamodb, table)), callOf: (_, request) => floor.callOf(request) };
}

/** A target as a contender in one operation. */
export const contenderOf = ({ seed, callOf, settle }: Target, { name, requests }: Operation): Contender => ({
  ...(settle !== undefined && { settle }),
  async prepare(count, caller) {
    const calls: Call[] = [];
    for (const request of await requests(seed, count, owners[caller % owners.length] as PrincipalId)) {
      calls.push(await callOf(name, request));
    }
    return calls;
  },
});

/** What fsck finds in the tables of these targets. */
export async function inconsistenciesOf(
  { endpoint }: BenchDynamoDB,
  targets: Readonly<Record<string, Target>>,
): Promise<string[]> {
  const found = await Promise.all(
    Object.entries(targets).map(async ([name, { table }]) =>
      (await inconsistencies(endpoint, table)).map((text) => `${name}: ${text}`),
    ),
  );
  return found.flat();
}

export const callersText = (count: number): string => (count === 1 ? '1 caller' : `${count} callers`);
