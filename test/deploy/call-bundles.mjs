// Loads unzipped bundles and calls each function once, as Lambda would, without a token, and sdk also once per cloud. Prints the
// results and which uses of the data of languages that took, as JSON. Arguments: a folder that contains a folder for each function.
import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const folder = resolve(process.argv[2]);
const http = { method: 'GET', path: '/', sourceIp: '192.0.2.1' };
const event = { rawPath: '/console/', rawQueryString: '', headers: {}, requestContext: { http }, Records: [] };
const sdkEvents = {
  tencent: {
    ...event,
    headers: { 'x-tc-action': 'DescribeImages', 'x-tc-version': '2017-03-12', authorization: 'TC3-HMAC-SHA256' },
  },
  alibaba: { ...event, rawQueryString: 'Action=DescribeImages&Version=2014-05-26&AccessKeyId=none' },
  ucloud: { ...event, rawQueryString: 'Action=DescribeImage&PublicKey=none' },
};
const lambda = { getRemainingTimeInMillis: () => 1_000 };

const usesOfLanguageData = [];
/** Notes calls of a function that loads the data of languages. */
function watch(holder, name) {
  const original = holder[name];
  holder[name] = function (...parameters) {
    usesOfLanguageData.push(new Error(name).stack);
    return new.target ? new original(...parameters) : original.apply(this, parameters);
  };
}
for (const name of ['Collator', 'DateTimeFormat', 'ListFormat', 'NumberFormat', 'PluralRules', 'Segmenter']) {
  watch(Intl, name);
}
watch(Number.prototype, 'toLocaleString');
watch(String.prototype, 'localeCompare');
for (const name of ['toLocaleString', 'toLocaleDateString', 'toLocaleTimeString']) {
  watch(Date.prototype, name);
}

const results = {};
for (const name of readdirSync(folder)) {
  // On Lambda, the working directory is the function's own folder.
  process.chdir(join(folder, name));
  if (existsSync(`functions/${name}`)) {
    throw new Error(`Lambda would load functions/${name} instead of the bundle`);
  }
  const { handler } = await import(pathToFileURL(`functions/${name}.mjs`).href);
  // Too little time remains to wait for the table, which doesn't exist.
  const call = async (one) => {
    const result = await handler(one, { ...lambda, awsRequestId: name }).catch(({ code }) => code);
    return result.statusCode ?? result;
  };
  results[name] = await call(event);
  if (name === 'sdk') {
    for (const [cloud, one] of Object.entries(sdkEvents)) {
      results[`sdk, ${cloud}`] = await call(one);
    }
  }
}
process.stdout.write(`${JSON.stringify({ results, usesOfLanguageData })}\n`);
process.exit();
