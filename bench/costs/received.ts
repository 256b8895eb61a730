import { listImages } from '../../functions/list-images.ts';
import { shareImage } from '../../functions/share-image.ts';
import type { ImageId, PrincipalId } from '../../lib/model/ids.ts';
import type { Step } from '../../lib/model/plan.ts';
import { sharesFor } from '../../lib/rules/share-items.ts';
import { relay } from '../../lib/stream/relay.ts';
import { anImageIn } from '../../test/support/builders.ts';
import { owner } from './meter.ts';
import { asProject, asRecipient, type Story, typicalImage } from './story.ts';

const { sizeGiB, ...details } = typicalImage;
const imagesPerCommit = 20;

/** The list of received images, and the work after a share and in the background. */
export const received: Story = async ({ meter, fixture, recipients }) => {
  const { region, policy } = fixture;
  const { service } = meter;
  const [recipient, other] = recipients.slice(-2) as [PrincipalId, PrincipalId];
  const images = Array.from({ length: 100 }, (_, index) =>
    anImageIn(fixture, {
      ...details,
      imageId: `img-received-${index}` as ImageId,
      owner: fixture.principalOf(owner),
      disksGiB: [sizeGiB],
      recipients: { [recipient]: 0 },
    }),
  );
  for (let index = 0; index < images.length; index += imagesPerCommit) {
    await service.commit(
      images
        .slice(index, index + imagesPerCommit)
        .flatMap((image): Step[] => [
          { do: 'create-image', image },
          ...sharesFor(image, image.recipients, { at: image.createdAt, actor: owner, recordId: 'record-0' }).map(
            (share): Step => ({ do: 'put-share', share }),
          ),
        ]),
    );
  }
  const list = { region, scope: 'shared' };
  const as = asRecipient(recipient);
  await meter.call(`received, a page of 25${asProject(fixture)}`, listImages, { ...list, limit: '25' }, as);
  await meter.call(`received, a page of 100${asProject(fixture)}`, listImages, { ...list, limit: '100' }, as);

  const [first] = images;
  const at = { region, imageId: first?.imageId as ImageId };
  await service.call(shareImage, { ...at, recipients: [other], acknowledgeRisk: true }, { as: owner });
  const image = await service.store.image(at);
  const [record] = await service.recordsOf(fixture.principalOf(owner), policy.principalKind);
  if (image === undefined || record === undefined) {
    throw new Error('The share was not recorded');
  }
  const deps = { ...service.cleanUpDeps(), publish: async () => {} };
  await meter.measure('relay of a share, its event', () =>
    relay({ of: 'image', image, revisionBefore: image.revision - 1 }, deps),
  );
  await meter.measure("relay of a share, the recipient's record", () => relay({ of: 'record', record }, deps));
  await service.cleanUp();
  await meter.measure('clean-up with nothing due', () => service.cleanUp());
};
