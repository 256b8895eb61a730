/** Everything that happens to an image and its recipients, as the table's stream reports it. */
import type { DynamoDBRecord } from 'aws-lambda';
import { changeImageShares } from '../../functions/change-image-shares.ts';
import { deleteImage } from '../../functions/delete-image.ts';
import { importImage } from '../../functions/import-image.ts';
import { reportImageState } from '../../functions/report-image-state.ts';
import { shareImage } from '../../functions/share-image.ts';
import { startCopyJob } from '../../functions/start-copy-job.ts';
import type { Step } from '../../lib/model/plan.ts';
import { type PolicyFixture, secondsFromNoon } from '../support/builders.ts';
import type { InMemoryService } from '../support/in-memory-service.ts';
import type { TableSnapshot } from '../support/table-snapshot.ts';
import { writesBetween } from './stream.ts';

const compute = { as: 'platform', scopes: ['compute'] } as const;

/** Makes the calls, and returns what they wrote, in order. */
export async function prepareWrites(
  service: InMemoryService,
  { region, otherRegion, principalOf }: PolicyFixture,
  takeSnapshot: () => Promise<TableSnapshot>,
): Promise<DynamoDBRecord[]> {
  await service.createAccounts('owner', 'a', 'b', 'c');
  const writes: DynamoDBRecord[] = [];
  let { taken: before } = await takeSnapshot();
  const view = committing(service, async () => {
    const { taken: after } = await takeSnapshot();
    writes.push(...writesBetween(before, after, writes.length));
    before = after;
  });
  const [a, b, c] = ['a', 'b', 'c'].map(principalOf);
  const expiresAt = secondsFromNoon(60).toISOString();
  const { imageId } = await view.call(importImage, { region, name: 'web', sizeGiB: 20 });
  const key = { region, imageId };
  await view.call(shareImage, { ...key, recipients: [a, b], expiresAt, acknowledgeRisk: true });
  await view.call(changeImageShares, { ...key, add: [c], remove: [a], acknowledgeRisk: true });
  const { copies } = await view.call(startCopyJob, {
    ...key,
    destinations: [{ region: otherRegion }],
    recipients: [a, c],
    acknowledgeRisk: true,
  });
  const copy = { region: otherRegion, imageId: copies[0]?.imageId };
  await view.call(reportImageState, { ...copy, state: 'available' }, compute);
  service.passSeconds(120);
  await view.cleanUp();
  const { imageId: deleted } = await view.call(importImage, { region, name: 'old', sizeGiB: 20 });
  await view.call(deleteImage, { region, imageId: deleted });
  // The relay removes it from the images that are shared with it.
  await view.close('c');
  return writes;
}

/** The same service, which calls `afterCommit` after each commit. */
const committing = (service: InMemoryService, afterCommit: () => Promise<void>): InMemoryService => {
  const store = new Proxy(service.store, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (name === 'commit') {
        return async (steps: readonly Step[]) => {
          const outcome = await target.commit(steps);
          await afterCommit();
          return outcome;
        };
      }
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  return Object.assign(Object.create(service) as InMemoryService, { store });
};
