/** What test files know of the servers of their run: see start-servers.ts. */

/** What there is to know of each server. */
export interface TestServers {
  /** A DynamoDB for tests that make tables of their own: the one of DYNAMODB_ENDPOINT, else an embedded one. */
  readonly dynamodb: { readonly endpoint: string };
  /** The whole service, as `npm start` runs it, on that DynamoDB. */
  readonly service: {
    /** Of the API, without a path. */
    readonly origin: string;
    readonly issuer: string;
    readonly dynamodb: string;
    readonly tableName: string;
  };
  /** The console, built of the sources as they are, which the service has then. */
  readonly console: Readonly<Record<string, never>>;
}

/** Waits until a server runs. Throws why it does not start. */
export async function requested<Name extends keyof TestServers>(name: Name): Promise<TestServers[Name]> {
  const servers = process.env['TEST_SERVERS'];
  if (servers === undefined) {
    throw new Error(`This test needs ${name}, and jest.config.ts has it in a project that starts no servers`);
  }
  const answer = await fetch(`${servers}/${name}`);
  if (!answer.ok) {
    throw new Error(await answer.text());
  }
  return (await answer.json()) as TestServers[Name];
}
