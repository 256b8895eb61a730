import { logger } from '../../lib/app/process.ts';
import { policyFixtures } from '../support/builders.ts';
import { startInMemory, startSdksInMemory } from './permissions/in-memory.ts';
import { checkPermissions } from './permissions/matrix.ts';
import { checkSdkPermissions } from './permissions/sdk-matrix.ts';
import { sdkClouds } from './permissions/sdk-requests.ts';
import { watchSecrets } from './permissions/secrets.ts';
import type { World } from './permissions/world.ts';

const { info, warn, error } = logger;
afterAll(() => Object.assign(logger, { info, warn, error }));

const secretsOf = ({ keys }: World): string[] => Object.values(keys).map(({ secret }) => secret);

it.each(policyFixtures)('who may what over HTTP in the regions of $name is in permissions.yaml', async (fixture) => {
  const place = await startInMemory(fixture);
  const watched = watchSecrets(place, secretsOf(place.world));
  const { rounds, violations } = await checkPermissions(watched);

  expect(rounds).toBeGreaterThan(2_000);
  expect(violations).toEqual([]);
  expect(watched.found).toEqual([]);
});

it.each(sdkClouds)('who may what with the SDKs of $name is in sdk-permissions.yaml', async (cloud) => {
  const place = await startSdksInMemory(cloud.policy);
  const watched = watchSecrets(place, Object.values(place.worlds).flatMap(secretsOf));
  const { rounds, violations } = await checkSdkPermissions(cloud, watched);

  expect(rounds).toBeGreaterThan((35 * Object.keys(cloud.actions).length) / 4);
  expect(violations).toEqual([]);
  expect(watched.found).toEqual([]);
});
