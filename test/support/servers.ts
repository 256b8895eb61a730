/** How test files reach the servers of their run: see start-servers.ts. */

/** The connection details of each server. */
export interface TestServers {
  /** A DynamoDB for tests that create their own tables: the one at DYNAMODB_ENDPOINT, or an embedded one. */
  readonly dynamodb: { readonly endpoint: string };
  /** The whole service, as `npm start` runs it, on that DynamoDB. */
  readonly service: {
    /** Origin of the API. */
    readonly origin: string;
    readonly issuer: string;
    readonly dynamodb: string;
    readonly tableName: string;
  };
  /** The console, built from the current sources. The service serves it once it is built. */
  readonly console: Readonly<Record<string, never>>;
}

/** Waits until a server runs and returns its details. Throws the reason if it does not start. */
export async function requestServer<Name extends keyof TestServers>(name: Name): Promise<TestServers[Name]> {
  const servers = process.env['TEST_SERVERS'];
  if (servers === undefined) {
    throw new Error(`This test needs ${name}, but jest.config.ts has it in a project that starts no servers`);
  }
  const response = await fetch(`${servers}/${name}`);
  if (!response.ok) {
    throw new Error(await response.text());
  }
  return (await response.json()) as TestServers[Name];
}
