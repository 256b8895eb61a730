import { setTimeout as wait } from 'node:timers/promises';
import { Logger } from '@aws-lambda-powertools/logger';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Context as LambdaContext } from 'aws-lambda';
import { customAlphabet } from 'nanoid';
import { v7 } from 'uuid';
import { accessTokenVerifier, type VerifyToken } from '../auth/access-token.ts';
import { type DataKeys, secretsWith } from '../auth/sealing.ts';
import type { AccessKeyId } from '../model/ids.ts';
import { DynamoDBStore } from '../table/dynamodb-store.ts';
import { clockOf } from './clock.ts';
import { type Configuration, configurationFrom } from './configuration.ts';
import type { Dependencies } from './dependencies.ts';
import type { RetryBudget } from './retry.ts';

export const logger = new Logger({ serviceName: 'image-share' });

interface Process {
  readonly dependencies: Dependencies;
  readonly verifyToken: VerifyToken;
  /** The clouds whose protocols are spoken, by the names of their policies. */
  readonly protocols: ReadonlySet<string>;
  /** Name of the bus that events go to; undefined where there is none. */
  readonly eventBus: string | undefined;
}

let started: Process | undefined;

/** What the process holds for all its calls, made when the first one comes. */
export function thisProcess(): Process {
  started ??= processFrom(configurationFrom(process.env));
  return started;
}

const alphabet = 'abcdefghijklmnopqrstuvwxyz0123456789';
const random = customAlphabet(alphabet);
const accessKeyCharacters = customAlphabet('ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789', 24);
const secretCharacters = customAlphabet('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789', 40);

function processFrom(configuration: Configuration): Process {
  const client = DynamoDBDocumentClient.from(
    new DynamoDBClient({
      ...(configuration.DYNAMODB_ENDPOINT !== undefined && { endpoint: configuration.DYNAMODB_ENDPOINT }),
    }),
  );
  const now = clockOf(configuration.CLOCK_FILE);
  const keeper = { kmsKeyId: configuration.KMS_KEY_ID, file: configuration.DATA_KEY_FILE };
  // Loaded when a secret is first sealed or unsealed: few functions ever do, and the client of KMS is large.
  let dataKeys: Promise<DataKeys> | undefined;
  return {
    dependencies: {
      store: new DynamoDBStore(client, configuration.TABLE_NAME),
      regions: configuration.regions,
      now,
      newRecordId: (at) => v7({ msecs: at.getTime() }),
      newId: ({ prefix, length }) => `${prefix}${random(length)}`,
      secrets: secretsWith(() => {
        dataKeys ??= import('../auth/data-keys.ts').then(({ dataKeysOf }) => dataKeysOf(keeper, now));
        return dataKeys;
      }),
      newAccessKey: () => ({ keyId: `AK${accessKeyCharacters()}` as AccessKeyId, secret: secretCharacters() }),
    },
    verifyToken: accessTokenVerifier({
      issuer: configuration.OIDC_ISSUER,
      audience: configuration.OIDC_AUDIENCE,
      jwksUri: configuration.OIDC_JWKS_URI,
      accountClaim: configuration.OIDC_ACCOUNT_CLAIM,
      projectClaim: configuration.OIDC_PROJECT_CLAIM,
      scopeNames: {
        tenant: configuration.SCOPE_TENANT,
        compute: configuration.SCOPE_COMPUTE,
        operator: configuration.SCOPE_OPERATOR,
      },
    }),
    protocols: configuration.protocols,
    eventBus: configuration.EVENT_BUS_NAME,
  };
}

/** A call waits for a busy table as long as its function may run. */
export const retryBudgetOf = (lambda: Pick<LambdaContext, 'getRemainingTimeInMillis'>): RetryBudget => ({
  remainingMs: () => lambda.getRemainingTimeInMillis(),
  wait: async (ms) => {
    await wait(ms);
  },
  random: Math.random,
});
