// Loads unzipped bundles and calls each function once, as Lambda would, without a token. Prints their results as JSON.
// Arguments: a folder that contains a folder for each function.
import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const folder = resolve(process.argv[2]);
const http = { method: 'GET', path: '/', sourceIp: '192.0.2.1' };
const event = { rawPath: '/console/', rawQueryString: '', headers: {}, requestContext: { http }, Records: [] };
const lambda = { getRemainingTimeInMillis: () => 1_000 };
const results = {};
for (const name of readdirSync(folder)) {
  // On Lambda, the working directory is the function's own folder.
  process.chdir(join(folder, name));
  const { handler } = await import(pathToFileURL(`functions/${name}.mjs`).href);
  // Too little time remains to wait for the table, which doesn't exist.
  const result = await handler(event, { ...lambda, awsRequestId: name }).catch(({ code }) => code);
  results[name] = result.statusCode ?? result;
}
process.stdout.write(`${JSON.stringify(results)}\n`);
process.exit();
