/** SyncImages: copies an image to other regions, or saves a shared image as the caller's own. */
import * as z from 'zod';
import { Name } from '../../../model/fields.ts';
import type { ImageId, Region } from '../../../model/ids.ts';
import type { Service } from '../../service.ts';
import { validateThenRun } from '../../validate-then-run.ts';
import { ProviderError, wireAction } from '../../wire.ts';
import { Flag, ignored, Text } from '../../wire-fields.ts';
import { truncate } from '../error-codes.ts';
import { atLeastOne, DryRun, ImageParameter, textUpTo } from '../parameters.ts';

export const syncImages = wireAction({
  parameters: z.strictObject({
    ImageIds: atLeastOne(ImageParameter),
    DestinationRegions: atLeastOne(Text),
    ImageName: textUpTo(60).pipe(Name).optional(),
    ImageSetRequired: Flag.default(false),
    Encrypt: Flag.default(false),
    DryRun,
    ...ignored('KmsKeyId'),
  }),
  async run({ ImageIds, DestinationRegions, ImageName, ImageSetRequired, Encrypt, DryRun: isDryRun }, service) {
    if (Encrypt) {
      throw new ProviderError({
        code: 'UnsupportedOperation.SyncEncryptImageNotSupport',
        message: 'Encrypting a copy is not supported.',
      });
    }
    const imageId = requireSingleImage(ImageIds);
    const regions = destinationsOf(DestinationRegions, service);
    const copies = await validateThenRun(
      service,
      isDryRun,
      regions.map((region) => copyTo(region, imageId, ImageName, service.region)),
    );
    // Terraform takes a response without the list for none at all.
    return { ImageSet: ImageSetRequired ? copies.map(({ imageId: ImageId, region: Region }) => ({ ImageId, Region })) : [] };
  },
});

/** In the image's own region, saves a shared image; in any other region, creates a copy. */
const copyTo = (destinationRegion: Region, imageId: ImageId, name: string | undefined, source: Region) => (service: Service) =>
  destinationRegion === source
    ? service.saveSharedImage(imageId, { name })
    : service.copyImage(imageId, { destinationRegion, name });

/** Source: the documentation of SyncImages, which allows only one image. */
function requireSingleImage([imageId, ...others]: readonly ImageId[]): ImageId {
  if (imageId === undefined || others.length > 0) {
    throw new ProviderError({ code: 'InvalidImageId.TooLarge', message: 'ImageIds must contain exactly one image.' });
  }
  return imageId;
}

/**
 * Returns the distinct regions of a call. The image's own region means saving a shared image, so it can't be combined with
 * others: a shared image can only be saved there, and an owned image can't be.
 */
function destinationsOf(names: readonly string[], service: Service): readonly Region[] {
  const regions = [...new Set(names)].map((name) => {
    const region = service.regions.find((candidate) => candidate === name);
    if (region === undefined) {
      throw new ProviderError({ code: 'InvalidRegion.NotFound', message: `The region ${truncate(name)} cannot be found.` });
    }
    return region;
  });
  if (regions.length > 1 && regions.includes(service.region)) {
    throw new ProviderError({
      code: 'InvalidParameterValue.InvalidRegion',
      message: "The image's own region cannot be combined with other regions in DestinationRegions.",
    });
  }
  return regions;
}
