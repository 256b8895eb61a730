/**
 * In the bundles, replaces the SDK's chain of credential providers, a fifth of their size. On AWS, Lambda puts the credentials of a
 * function's role in its environment, where the chain looks first.
 */
export const defaultProvider = () => async () => ({
  accessKeyId: variable('AWS_ACCESS_KEY_ID'),
  secretAccessKey: variable('AWS_SECRET_ACCESS_KEY'),
  ...(process.env['AWS_SESSION_TOKEN'] !== undefined && { sessionToken: process.env['AWS_SESSION_TOKEN'] }),
});

function variable(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === '') {
    throw new Error(`${name} is not set`);
  }
  return value;
}
