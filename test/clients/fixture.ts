/** What a client sent once, and what kind of answer it got. `npm run test:clients -- --record` writes fixtures. */

/** Undefined code: it succeeded. */
export interface AnswerKind {
  readonly status: number;
  /** Some SDKs look for an error only in exact content types. */
  readonly type: string;
  readonly code?: string;
}

export interface Fixture {
  readonly client: string;
  /** Signs the requests. The key was made for the recording, and is of no service that runs. */
  readonly key: { readonly keyId: string; readonly secret: string };
  /** Images of the owner that are there before. */
  readonly images: readonly { readonly region: string; readonly imageId: string }[];
  /** IDs of the images and instances that the requests make, in their order: later requests name them. */
  readonly made: readonly string[];
  readonly requests: readonly {
    readonly at: string;
    readonly method: string;
    readonly path: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string;
    readonly answer: AnswerKind;
  }[];
}

interface Sent {
  readonly path: string;
  readonly headers: readonly (readonly [string, string])[] | Readonly<Record<string, string>>;
  readonly body: string;
}

/** The parameters by name: those of a JSON body, or of the query and a form. */
export function parametersIn({ path, body }: Pick<Sent, 'path' | 'body'>): Record<string, unknown> {
  const query = Object.fromEntries(new URLSearchParams(path.split('?')[1] ?? ''));
  return { ...query, ...(body.startsWith('{') ? JSON.parse(body) : Object.fromEntries(new URLSearchParams(body))) };
}

export function actionIn({ path, headers, body }: Sent): string {
  const pairs = Array.isArray(headers) ? headers : Object.entries(headers);
  const inHeader = pairs.find(([name]) => name.toLowerCase() === 'x-tc-action')?.[1];
  return inHeader ?? String(parametersIn({ path, body })['Action']);
}

/** What kind of answer it is, in each of the clouds' envelopes. */
export function answerIn({ status, type, response }: Omit<AnswerKind, 'code'> & { readonly response: string }): AnswerKind {
  const inXml = /<Error>.*<Code>(.*?)<\/Code>/s.exec(response)?.[1];
  const { Code, Response, RetCode = 0 } = response.startsWith('{') ? JSON.parse(response) : {};
  const code = inXml ?? Code ?? Response?.Error?.Code ?? (RetCode === 0 ? undefined : String(RetCode));
  return { status, type, ...(code !== undefined && { code }) };
}
