/** Sends random requests, and collects responses that no request may get. */

import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Problem } from '../../../lib/http/problem.ts';
import { sendSigned } from '../../sdk/wire-request.ts';
import { fixtureOf, policyFixtures } from '../../support/builders.ts';
import type { Fetch } from '../../support/client.ts';
import { startInMemory, startSdksInMemory } from '../permissions/in-memory.ts';
import type { Result } from '../permissions/responses.ts';
import { sdkClouds } from '../permissions/sdk-requests.ts';
import { randomRequest } from './http-requests.ts';
import { Random } from './random.ts';
import { randomCall } from './sdk-requests.ts';

/** Requests on the same data. */
const requestsPerWorld = 1_000;
const internalCodes = ['InternalError', 'ServiceUnavailable', 'ResourceInUse', '6000', '6200', '130', '150'];

/** Sends this many requests, half of them to the SDK protocols. */
export async function checkInput(requests: number, seed: number): Promise<Result> {
  const random = new Random(seed);
  const violations: string[] = [];
  for (let sent = 0; sent < requests; sent += requestsPerWorld) {
    const count = Math.min(requestsPerWorld, requests - sent);
    const isSdk = (sent / requestsPerWorld) % 2 === 1;
    violations.push(...(isSdk ? await sendSdkRequests(random, count) : await sendHttpRequests(random, count)));
    if (Object.hasOwn(Object.prototype, 'polluted')) {
      violations.push('The prototype of all objects was changed');
    }
  }
  return { rounds: requests, violations };
}

/** The heap may grow by this much, such as for code that was compiled. */
const growthBytesMax = 32 * 1_024 ** 2;

/** The same for many requests. The memory in use must not grow with their number. */
export async function checkInputAtLength(requests: number, seed: number): Promise<Result> {
  const warmUp = await checkInput(4_000, seed);
  const before = heapBytes();
  const { rounds, violations } = await checkInput(requests, seed + 1);
  const after = heapBytes();
  const growth = `The heap grew from ${megabytes(before)} to ${megabytes(after)} MB`;
  console.log(growth);
  return { rounds, violations: [...warmUp.violations, ...violations, ...(after - before > growthBytesMax ? [growth] : [])] };
}

const megabytes = (bytes: number): string => (bytes / 1_024 ** 2).toFixed(1);

/** The memory in use after a garbage collection. */
function heapBytes(): number {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  return process.memoryUsage().heapUsed;
}

async function sendHttpRequests(random: Random, count: number): Promise<string[]> {
  const fixture = random.of(policyFixtures);
  const { world, callers, fetch } = await startInMemory(fixtureOf(fixture.name));
  const tokens = callers.filter(({ name }) => ['owner', 'operator', 'compute'].includes(name));
  const violations: string[] = [];
  for (let sent = 0; sent < count; sent += 1) {
    const { route, method, path, headers, body } = randomRequest(random, world, random.of(tokens).authorization ?? '');
    const response = await fetch(path, { method, headers, ...(body !== undefined && { body }) });
    const problem = whatIsWrong(response.status, await response.text(), response.headers);
    violations.push(...problem.map((text) => `${route.name}: ${method} ${path} ${JSON.stringify(headers)} ${body}: ${text}`));
  }
  return violations;
}

/** A refusal must be a problem document that says what is wrong, and where. */
function whatIsWrong(status: number, text: string, headers: Headers): string[] {
  if (status < 400) {
    return [];
  }
  const problem = Problem.safeParse(JSON.parse(text || 'null'));
  const { code, detail = '', offenders = [] } = problem.data ?? {};
  const namesField =
    code !== 'InvalidRequest' || (offenders.length > 0 && offenders.every(({ id, reason }) => id !== '' && reason !== ''));
  return status >= 500 || !problem.success || detail === '' || !namesField || headers.has('x-injected')
    ? [`${status} ${text.slice(0, 500)}`]
    : [];
}

async function sendSdkRequests(random: Random, count: number): Promise<string[]> {
  const cloud = random.of(sdkClouds);
  const place = await startSdksInMemory(cloud.policy);
  const violations: string[] = [];
  for (let sent = 0; sent < count; sent += 1) {
    const { action, request, isTampered } = randomCall(random, cloud, place.worlds.standard, place);
    for (const attempt of random.once(10) && !isTampered && isRead(action) ? ['first', 'replayed'] : ['first']) {
      const { status, code, text } = await reply(request, place.fetch, cloud.errorCodeOf);
      const isWrong =
        status >= 500 ||
        internalCodes.includes(code ?? '') ||
        (isTampered && code === undefined) ||
        text.includes(place.worlds.standard.keys.owner.secret);
      violations.push(
        ...(isWrong
          ? [`${cloud.name} ${action} (${attempt}): ${request.query}${request.body}: ${status} ${text.slice(0, 500)}`]
          : []),
      );
    }
  }
  return violations;
}

/** The store of the SDK checks forgets the responses that replayed changes would get. */
const isRead = (action: string): boolean => /(?:^| )(?:Describe|Get|List)/.test(action);

async function reply(
  request: Parameters<typeof sendSigned>[0],
  fetch: Fetch,
  errorCodeOf: (typeof sdkClouds)[number]['errorCodeOf'],
) {
  const response = await sendSigned(request, fetch);
  const { status, headers } = response;
  const text = await response.text();
  const isUnrecognized = headers.get('content-type') === 'application/problem+json';
  return {
    status,
    text,
    code: status >= 500 ? 'InternalError' : isUnrecognized ? 'RouteNotFound' : errorCodeOf({ status, headers, text }),
  };
}
