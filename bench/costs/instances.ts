import { createImageFromInstance } from '../../functions/create-image-from-instance.ts';
import { getInstance } from '../../functions/get-instance.ts';
import { importImage } from '../../functions/import-image.ts';
import { listInstances } from '../../functions/list-instances.ts';
import { putPublicImage } from '../../functions/put-public-image.ts';
import { reinitializeInstance } from '../../functions/reinitialize-instance.ts';
import { reinstallInstance } from '../../functions/reinstall-instance.ts';
import { runInstance } from '../../functions/run-instance.ts';
import { shareImage } from '../../functions/share-image.ts';
import { terminateInstance } from '../../functions/terminate-instance.ts';
import { owner } from './meter.ts';
import { asRecipient, operator, type Story, typicalImage } from './story.ts';

/** Instances of owned and of shared images. */
export const instances: Story = async ({ meter, fixture, recipients }) => {
  const { region } = fixture;
  const call = meter.call.bind(meter);
  const { service } = meter;
  const { imageId } = await service.call(importImage, { region, ...typicalImage }, { as: owner });
  const [recipient = ''] = recipients;
  await service.call(shareImage, { region, imageId, recipients: [recipient], acknowledgeRisk: true }, { as: owner });
  const user = asRecipient(recipient);

  const { instanceId } = await call('of an owned image', runInstance, { region, imageId });
  const at = { region, instanceId };
  await call('', getInstance, at);
  await call('a page', listInstances, { region, limit: '25' });
  await call('', reinstallInstance, { ...at, imageId });
  await call('', reinitializeInstance, at);
  await call('', createImageFromInstance, { ...at, name: 'from an instance' });
  await call('', terminateInstance, at);
  const publicImage = { region, imageId: 'debian-12-2026-12' };
  await service.call(putPublicImage, { ...publicImage, name: 'Debian 12', sizeGiB: 10 }, operator);
  await call('of a public image', runInstance, publicImage);
  const shared = await call('of a shared image', runInstance, { region, imageId }, user);
  const ofShared = { region, instanceId: shared.instanceId };
  await call('with a shared image', reinstallInstance, { ...ofShared, imageId }, user);
  await call('with a shared image', reinitializeInstance, ofShared, user);
};
