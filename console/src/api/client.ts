import createClient, { type Client } from 'openapi-fetch';
import { Problem, type ProblemDocument } from './problem.ts';
import type { components, paths } from './schema.d.ts';

export type Schemas = components['schemas'];
export type Image = Schemas['Image'];
export type Share = Schemas['Share'];
export type Instance = Schemas['Instance'];

/** The service's calls, typed by its OpenAPI document. */
export type Api = Client<paths>;

/** A client that calls with the token of the moment. `onEnd` is told when the service takes it no more. */
export function apiWith(token: () => string | undefined, onEnd: () => void): Api {
  const client = createClient<paths>({
    baseUrl: location.origin,
    // Lists of labels and recipients are repeated parameters.
    querySerializer: { array: { style: 'form', explode: true } },
  });
  client.use({
    onRequest: ({ request }) => {
      request.headers.set('authorization', `Bearer ${token()}`);
      return request;
    },
    onResponse: ({ response }) => {
      if (response.status === 401) {
        onEnd();
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

/** What stands between us and the service answers in words of its own: those of a gateway, or none. */
const isDocument = (error: unknown): error is ProblemDocument =>
  typeof error === 'object' && error !== null && ['code', 'status', 'title', 'detail'].every((name) => name in error);

/** What a call was answered with. Throws Problem. */
export async function unwrap<Data>(call: Promise<ApiResult<Data>>): Promise<Data> {
  let result: ApiResult<Data>;
  try {
    result = await call;
  } catch (failure) {
    throw new Problem(undefined, failure);
  }
  if (!result.response.ok) {
    throw new Problem(isDocument(result.error) ? result.error : undefined);
  }
  return result.data as Data;
}
