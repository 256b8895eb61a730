import { copyImage } from '../../functions/copy-image.ts';
import { deleteImage } from '../../functions/delete-image.ts';
import { deletePublicImage } from '../../functions/delete-public-image.ts';
import { getCopyJob } from '../../functions/get-copy-job.ts';
import { getImage } from '../../functions/get-image.ts';
import { getUsage } from '../../functions/get-usage.ts';
import { importImage } from '../../functions/import-image.ts';
import { listCopyJobs } from '../../functions/list-copy-jobs.ts';
import { listImages } from '../../functions/list-images.ts';
import { listRecords } from '../../functions/list-records.ts';
import { putPublicImage } from '../../functions/put-public-image.ts';
import { reportImageState } from '../../functions/report-image-state.ts';
import { startCopyJob } from '../../functions/start-copy-job.ts';
import { updateImage } from '../../functions/update-image.ts';
import { owner } from './meter.ts';
import { asProject, asRecipient, compute, operator, type Story, typicalImage } from './story.ts';

/** Images and copy jobs. */
export const images: Story = async ({ meter, fixture, recipients }) => {
  const { region, otherRegion, policy } = fixture;
  const call = meter.call.bind(meter);

  const { imageId } = await call('', importImage, { region, ...typicalImage });
  const at = { region, imageId };
  await call('with a key', importImage, { region, ...typicalImage }, { key: 'import' });
  await call('with a key, repeated', importImage, { region, ...typicalImage }, { key: 'import' });
  await call('', updateImage, { ...at, name: 'web-server-2026-12' });
  await call('of the owner', getImage, at);
  await call('', listRecords, { region, limit: '25' });
  const copy = await call('', copyImage, { ...at, destinationRegion: otherRegion });
  const copied = { region: otherRegion, imageId: copy.imageId };
  await call('of a copy', reportImageState, { ...copied, state: 'available' }, compute);
  await call('', deleteImage, copied);

  const when = policy.pendingMayBeShared ? 'shared at once' : 'shared once available';
  const job = { ...at, destinations: [{ region: otherRegion }], recipients: recipients.slice(0, 1), acknowledgeRisk: true };
  const { jobId, copies } = await call(`one copy, one recipient, ${when}`, startCopyJob, job);
  await call('', getCopyJob, { region, jobId });
  await call('a page', listCopyJobs, { region, limit: '25' });
  await call(`of a job, ${when}`, reportImageState, { ...copies[0], state: 'available' }, compute);
  await call(`owned, a page of 3${asProject(fixture)}`, listImages, { region, scope: 'owned', limit: '25' });

  const places = policy.principalKind === 'account' ? '4 regions' : '2 regions of a project';
  await call(`3 images, ${places}`, getUsage, {}, asRecipient(fixture.principalOf(owner)));

  const publicImage = { region, imageId: 'debian-12-2026-11' };
  await call('', putPublicImage, { ...publicImage, name: 'Debian 12', sizeGiB: 10 }, operator);
  await call('public', getImage, publicImage);
  await call('', deletePublicImage, publicImage, operator);
};
