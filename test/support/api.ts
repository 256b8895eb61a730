/** Clients for the running service. */
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { DynamoDBStore } from '../../lib/table/dynamodb-store.ts';
import { clientOf } from '../../local/embedded-dynamodb.ts';
import { accessToken } from '../../local/issuer.ts';
import { makeKnown } from './accounts.ts';
import { type AskedToken, clientsOf, type Fetch } from './client.ts';
import { dynamodb, issuer, origin, tableName } from './service.ts';

export const tokenOf = (asked: AskedToken): Promise<string> => accessToken(issuer(), asked);

/** Sends a request to the running service. */
export const fetchFromService: Fetch = (path, request) => fetch(`${origin()}${path}`, request);

/** The table of the running service. */
export const serviceStore = (): DynamoDBStore =>
  new DynamoDBStore(DynamoDBDocumentClient.from(clientOf(dynamodb())), tableName());

export const clients = clientsOf({
  fetch: fetchFromService,
  tokenOf,
  // Creating accounts through the operator's API would take two calls each.
  know: (accounts) => makeKnown(serviceStore(), accounts),
});
export const { apiOf, withToken, operator, compute, freshMembers, freshMember } = clients;
