import { sdkActions } from '../../functions/sdk.ts';
import { permissions } from '../support/roles.ts';
import { describeScenarios } from './describe-scenarios.ts';
import { dynamoDBTarget, limitedStore, roleOf, used } from './dynamodb-target.ts';
import { makeFurtherCalls } from './further-calls.ts';

describeScenarios('dynamodb', dynamoDBTarget);

/** Permissions that don't concern the table and its index. */
const others: Readonly<Record<string, readonly string[]>> = {
  'create-access-key': ['sealKey GenerateDataKey'],
  'relay-changes': [
    ...['DescribeStream', 'GetRecords', 'GetShardIterator', 'ListStreams'].map((operation) => `stream ${operation}`),
    'eventBus PutEvents',
    'unrelayedChanges SendMessage',
  ],
};
/** Verifies a signature, and records the nonce and the use of the key. */
const signed = ['sealKey Decrypt', 'table GetItem', 'table PutItem', 'table UpdateItem'];

const sorted = (names: Iterable<string> = []): string[] => [...new Set(names)].sort();

describe('the role of each function', () => {
  it('permits what the function needs, and nothing else', async () => {
    await makeFurtherCalls(await limitedStore());
    const ofActions = Object.values(sdkActions).flatMap(({ name }) => sorted(permissions.get(String(roleOf(name)))));
    const needed = new Map([...used, ['sdk', new Set([...ofActions, ...signed])]]);

    expect(Object.fromEntries([...permissions].map(([name, granted]) => [name, sorted(granted)]))).toEqual(
      Object.fromEntries(
        [...permissions.keys()].map((name) => [name, sorted([...(needed.get(name) ?? []), ...(others[name] ?? [])])]),
      ),
    );
  });
});
