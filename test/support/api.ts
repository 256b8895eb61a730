/** Clients for the running service. */
import { documentClientOf } from '../../lib/table/document-client.ts';
import { DynamoDBStore } from '../../lib/table/dynamodb-store.ts';
import { accessToken } from '../../local/access-token.ts';
import { clientOf } from '../../local/embedded-dynamodb.ts';
import { createAccounts } from './accounts.ts';
import { createClients, type Fetch, type TokenClaims } from './client.ts';
import { dynamodb, issuer, origin, tableName } from './service.ts';
import { watchingResponses } from './watched-responses.ts';

export const tokenOf = (claims: TokenClaims): Promise<string> => accessToken(issuer(), claims);

/** Sends a request to the running service. */
export const fetchFromService: Fetch = watchingResponses((path, request) => fetch(`${origin()}${path}`, request));

/** The table of the running service. */
export const serviceStore = (): DynamoDBStore => new DynamoDBStore(documentClientOf(clientOf(dynamodb())), tableName());

export const clients = createClients({
  fetch: fetchFromService,
  tokenOf,
  // Creating accounts through the operator's API would take two calls each.
  createAccounts: (accounts) => createAccounts(serviceStore(), accounts),
});
export const { apiOf, withToken, operator, compute, freshMembers, freshMember } = clients;
