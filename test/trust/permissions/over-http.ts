import { customAlphabet } from 'nanoid';
import { fetchFromService, serviceStore } from '../../support/api.ts';
import { noon, type PolicyFixture } from '../../support/builders.ts';
import { InMemoryService } from '../../support/in-memory-service.ts';
import { startClockedService } from '../../support/service.ts';
import { callersOf } from './callers.ts';
import { checkPermissions } from './matrix.ts';
import type { Result } from './responses.ts';
import { createIssuer } from './tokens.ts';
import { createWorld } from './world.ts';

const randomId = customAlphabet('abcdefghijklmnopqrstuvwxyz0123456789');
const accountsPerWorld = 100;

/** Makes all calls in the regions of each cloud, on a running service of its own that trusts the checks' issuer. */
export async function permissionsOverHttp(fixtures: readonly PolicyFixture[]): Promise<Result> {
  const issuer = await createIssuer();
  const { jwksUri, issuer: url } = issuer.settings;
  const running = await startClockedService(noon, { OIDC_ISSUER: url, OIDC_JWKS_URI: jwksUri });
  try {
    const clock = { at: noon };
    const service = Object.assign(new InMemoryService(serviceStore(), clock), {
      newResourceId: ({ prefix, length }: { prefix: string; length: number }) => `${prefix}${randomId(length)}`,
    });
    const results: Result[] = [];
    for (const [index, fixture] of fixtures.entries()) {
      const world = await createWorld(service, fixture, 100_000_000_001 + accountsPerWorld * index, (seconds) =>
        service.passSeconds(seconds),
      );
      running.setClock(clock.at);
      results.push(await checkPermissions({ world, callers: await callersOf(world, issuer), fetch: fetchFromService }));
    }
    return {
      rounds: results.reduce((sum, { rounds }) => sum + rounds, 0),
      violations: results.flatMap(({ violations }) => violations),
    };
  } finally {
    await running.stop();
  }
}
