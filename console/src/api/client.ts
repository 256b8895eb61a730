import createClient, { type Client } from 'openapi-fetch';
import { capture } from '../api-call/preview.ts';
import { Problem, type ProblemDocument } from './problem.ts';
import type { components, operations, paths } from './schema.d.ts';

export type Schemas = components['schemas'];
export type Image = Schemas['Image'];
export type Share = Schemas['Share'];
export type Instance = Schemas['Instance'];
export type Account = Schemas['Account'];
export type AccessKey = Schemas['AccessKey'];
export type AddressBookEntry = Schemas['AddressBookEntry'];
export type RegionInfo = operations['ListRegions']['responses'][200]['content']['application/json']['regions'][number];

/** The query parameters that an operation takes. */
export type QueryParameters<Name extends keyof operations> = NonNullable<operations[Name]['parameters']['query']>;

/** The JSON body that an operation takes. */
export type RequestBody<Name extends keyof operations> = operations[Name] extends {
  requestBody: { content: { 'application/json': infer Body } };
}
  ? Body
  : never;

/** The JSON body of an operation's response. */
export type SuccessBody<Name extends keyof operations> = operations[Name] extends {
  responses: { 200: { content: { 'application/json': infer Body } } };
}
  ? Body
  : never;

export type Api = Client<paths>;

/** Reads the token for each request. Calls `onUnauthorized` if the service rejects it. */
export function apiWith(token: () => string | undefined, onUnauthorized: () => void): Api {
  const client = createClient<paths>({
    baseUrl: location.origin,
    // Lists of tags and recipients are repeated parameters.
    querySerializer: { array: { style: 'form', explode: true } },
  });
  client.use({
    onRequest: ({ request }) => {
      if (capture(request)) {
        return new Response(null, { status: 204 });
      }
      request.headers.set('authorization', `Bearer ${token()}`);
      return request;
    },
    onResponse: ({ request, response }) => {
      // A late response to a token that has been renewed since says nothing about the present one.
      const isPresent = request.headers.get('authorization') === `Bearer ${token()}`;
      if (response.status === 401 && isPresent) {
        onUnauthorized();
      }
    },
  });
  return client;
}

interface ApiResult<Data> {
  readonly data?: Data | undefined;
  readonly error?: unknown;
  readonly response: Response;
}

/** A gateway in front of the service can return errors that aren't problem documents. */
const isDocument = (error: unknown): error is ProblemDocument =>
  typeof error === 'object' && error !== null && ['code', 'status', 'title', 'detail'].every((name) => name in error);

/** The response body. Throws Problem if the request failed. */
export async function unwrap<Data>(call: Promise<ApiResult<Data>>): Promise<Data> {
  let result: ApiResult<Data>;
  try {
    result = await call;
  } catch (failure) {
    throw new Problem({ cause: failure });
  }
  const { response, error } = result;
  if (!response.ok) {
    throw new Problem({ response, document: isDocument(error) ? error : undefined });
  }
  return result.data as Data;
}
