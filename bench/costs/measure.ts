import type { DocumentClient } from '../../lib/table/document-client.ts';
import { policyFixtures } from '../../test/support/builders.ts';
import { accounts } from './accounts.ts';
import { images } from './images.ts';
import { instances } from './instances.ts';
import { type Cost, Meter, owner } from './meter.ts';
import { received } from './received.ts';
import { shares } from './shares.ts';
import type { Story } from './story.ts';

const stories: readonly Story[] = [images, shares, instances, accounts, received];

/**
 * Measures all calls under each policy, each on a table of its own. Throws if the requests of a call depend on the policy. Its
 * units can depend on it a little, because IDs have different lengths: the highest count.
 */
export async function measureCosts(
  freshTable: () => Promise<{ client: DocumentClient; table: string }>,
): Promise<Map<string, Cost>> {
  const costs = new Map<string, Cost>();
  for (const fixture of policyFixtures) {
    const { client, table } = await freshTable();
    const meter = new Meter(client, table);
    const recipients = Array.from({ length: 50 }, (_, index) => String(200_000_000_001 + index));
    await meter.service.createAccounts(owner, ...recipients);
    for (const story of stories) {
      await story({ meter, fixture, recipients: recipients.map(fixture.principalOf) });
    }
    for (const [name, cost] of meter.costs) {
      const { requests, reads, writes } = costs.get(name) ?? cost;
      if (requests !== cost.requests) {
        throw new Error(`${name} makes other requests under ${fixture.name}: ${cost.requests} instead of ${requests}`);
      }
      costs.set(name, { requests, reads: Math.max(reads, cost.reads), writes: Math.max(writes, cost.writes) });
    }
  }
  return costs;
}
