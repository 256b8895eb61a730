import { setTimeout as wait } from 'node:timers/promises';
import { Logger } from '@aws-lambda-powertools/logger';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Context as LambdaContext } from 'aws-lambda';
import { customAlphabet } from 'nanoid';
import { v7 } from 'uuid';
import { accessTokenVerifier, type VerifyToken } from '../auth/access-token.ts';
import type { DataKeySettings } from '../auth/data-keys.ts';
import { secretsWith } from '../auth/sealing.ts';
import type { AccessKeyId } from '../model/ids.ts';
import { documentClientOf } from '../table/document-client.ts';
import { DynamoDBStore } from '../table/dynamodb-store.ts';
import { clockOf } from './clock.ts';
import { type Configuration, configurationFrom } from './configuration.ts';
import type { Dependencies } from './dependencies.ts';
import { requestLimits } from './request-limits.ts';
import type { RetryBudget } from './retry.ts';

export const logger = new Logger({ serviceName: 'image-share' });

export interface Process {
  readonly dependencies: Dependencies;
  /** Where the keys that seal secrets are. See processWithSecrets. */
  readonly dataKeys: DataKeySettings;
  readonly verifyToken: VerifyToken;
  /** The clouds whose SDK protocols are enabled, by policy name. */
  readonly protocols: ReadonlySet<string>;
  /** Name of the EventBridge bus; undefined if there is none. */
  readonly eventBus: string | undefined;
}

let cachedProcess: Process | undefined;

/** Returns what all requests to this process share. Creates it when it is first needed. */
export function thisProcess(): Process {
  cachedProcess ??= processFrom(configurationFrom(process.env));
  return cachedProcess;
}

const alphabet = 'abcdefghijklmnopqrstuvwxyz0123456789';
const randomId = customAlphabet(alphabet);
const accessKeyCharacters = customAlphabet('ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789', 24);
const secretCharacters = customAlphabet('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789', 40);

function processFrom(configuration: Configuration): Process {
  const { tableName, dynamodbEndpoint, regions, protocols, eventBus, tokens } = configuration;
  const client = documentClientOf(
    new DynamoDBClient({
      ...requestLimits,
      accountIdEndpointMode: 'disabled',
      ...(dynamodbEndpoint !== undefined && { endpoint: dynamodbEndpoint }),
    }),
  );
  const now = clockOf(configuration.clockFile);
  return {
    dataKeys: configuration.dataKeys,
    dependencies: {
      store: new DynamoDBStore(client, tableName),
      regions,
      now,
      newRecordId: (at) => v7({ msecs: at.getTime() }),
      newResourceId: ({ prefix, length }) => `${prefix}${randomId(length)}`,
      secrets: secretsWith(() => {
        throw new Error('Only functions that are served with processWithSecrets can seal and unseal secrets');
      }),
      newAccessKey: () => ({ keyId: `AK${accessKeyCharacters()}` as AccessKeyId, secret: secretCharacters() }),
    },
    verifyToken: accessTokenVerifier(tokens),
    protocols,
    eventBus,
  };
}

/** A function needs this time to respond before it times out. */
const respondMs = 1_000;

/** A retry budget that lasts as long as the Lambda function can run. Counts in `retries` how often the call waited. */
export const retryBudgetOf = (lambda: Pick<LambdaContext, 'getRemainingTimeInMillis'> & { retries?: number }): RetryBudget => ({
  remainingMs: () => lambda.getRemainingTimeInMillis(),
  wait: async (ms) => {
    lambda.retries = (lambda.retries ?? 0) + 1;
    await wait(ms);
  },
  random: Math.random,
  deadline: AbortSignal.timeout(Math.max(0, lambda.getRemainingTimeInMillis() - respondMs)),
});
