/** Copies of images in other regions, and images that others share saved as own ones: one action of the cloud. */
import * as z from 'zod';
import type { ImageId, Region } from '../../../model/ids.ts';
import type { Service } from '../../service.ts';
import { ProviderError, wireAction } from '../../wire.ts';
import { Flag, ignored, Text } from '../../wire-fields.ts';
import { validateThenRun } from '../dry-run.ts';
import { atLeastOne, DryRun, Image, textOf } from '../parameters.ts';

export const syncImages = wireAction({
  parameters: z.strictObject({
    ImageIds: atLeastOne(Image),
    DestinationRegions: atLeastOne(Text),
    ImageName: textOf(60).optional(),
    ImageSetRequired: Flag.default(false),
    Encrypt: Flag.default(false),
    DryRun,
    ...ignored('KmsKeyId'),
  }),
  async run({ ImageIds, DestinationRegions, ImageName, ImageSetRequired, Encrypt, DryRun: isDryRun }, service) {
    if (Encrypt) {
      throw new ProviderError({
        code: 'UnsupportedOperation.SyncEncryptImageNotSupport',
        message: 'Copies are not encrypted here.',
      });
    }
    const imageId = theOne(ImageIds);
    const regions = destinationsOf(DestinationRegions, service);
    const copies = await validateThenRun(
      service,
      isDryRun,
      regions.map((region) => copyTo(region, imageId, ImageName, service.region)),
    );
    return ImageSetRequired ? { ImageSet: copies.map((copy) => ({ ImageId: copy.imageId, Region: copy.region })) } : {};
  },
});

/** An image is saved in its own region, and copied to another one. */
const copyTo = (destinationRegion: Region, imageId: ImageId, name: string | undefined, source: Region) => (service: Service) =>
  destinationRegion === source ? service.saveImage(imageId, { name }) : service.copyImage(imageId, { destinationRegion, name });

/** The list holds one image alone, as the documents of SyncImages say. */
function theOne([imageId, ...others]: readonly ImageId[]): ImageId {
  if (imageId === undefined || others.length > 0) {
    throw new ProviderError({ code: 'InvalidImageId.TooLarge', message: 'One call takes one image.' });
  }
  return imageId;
}

/**
 * The regions that a call names, once each. The image's own region stands for saving a shared image, so that no other one can
 * stand beside it: shared images go nowhere else, and own ones not there.
 */
function destinationsOf(names: readonly string[], service: Service): readonly Region[] {
  const regions = [...new Set(names)].map((name) => {
    const region = service.regions.find((one) => one === name);
    if (region === undefined) {
      throw new ProviderError({ code: 'InvalidRegion.NotFound', message: `The region ${name.slice(0, 64)} cannot be found.` });
    }
    return region;
  });
  if (regions.length > 1 && regions.includes(service.region)) {
    throw new ProviderError({
      code: 'InvalidParameterValue.InvalidRegion',
      message: "The image's own region cannot stand beside others in DestinationRegions.",
    });
  }
  return regions;
}
