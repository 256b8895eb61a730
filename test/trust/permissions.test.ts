import { policyFixtures } from '../support/builders.ts';
import { startInMemory, startSdksInMemory } from './permissions/in-memory.ts';
import { checkPermissions } from './permissions/matrix.ts';
import { checkSdkPermissions } from './permissions/sdk-matrix.ts';
import { sdkClouds } from './permissions/sdk-requests.ts';

it.each(policyFixtures)('who may what over HTTP in the regions of $name is in permissions.yaml', async (fixture) => {
  const { rounds, violations } = await checkPermissions(await startInMemory(fixture));

  expect(rounds).toBeGreaterThan(2_000);
  expect(violations).toEqual([]);
});

it.each(sdkClouds)('who may what with the SDKs of $name is in sdk-permissions.yaml', async (cloud) => {
  const { rounds, violations } = await checkSdkPermissions(cloud, await startSdksInMemory(cloud.policy));

  expect(rounds).toBeGreaterThan((35 * Object.keys(cloud.actions).length) / 4);
  expect(violations).toEqual([]);
});
