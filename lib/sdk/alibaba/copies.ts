import * as z from 'zod';
import { ActionError, type ErrorCode } from '../../model/error.ts';
import { withCurrentImage } from '../edit-image.ts';
import { findImage } from '../find-image.ts';
import { ProviderError, wireAction } from '../wire.ts';
import { Flag, Text } from '../wire-fields.ts';
import { imageNotFound, invalidParameter, withValue } from './error-codes.ts';
import { CallOptions, Description, ImageId, Name, NoDryRun, noResourceGroup, runWithOptions, unsupported } from './parameters.ts';
import { TagList } from './tags.ts';

const destinationRegionNotFound = {
  code: 'DestinationRegion.NotFound',
  status: 400,
  message: 'The destination region not found',
};

const noOwnEncryption = unsupported("isn't supported: a copy has the same encryption as its source");

/** The errors of CopyImage for an image that the caller doesn't own, or that no longer exists. */
const notOwnedCodes: ReadonlySet<ErrorCode> = new Set(['NotOwner', 'ImageNotFound']);

/**
 * Copies an image that the caller owns to any region, or saves a shared image as the caller's own in the same region. The copy
 * keeps the description and tags of the image unless the call sets new ones.
 */
export const copyImage = wireAction({
  parameters: z.object({
    ...CallOptions,
    ImageId,
    DestinationRegionId: Text.optional(),
    DestinationImageName: Name.optional(),
    DestinationDescription: Description.optional(),
    Tag: TagList.optional(),
    Encrypted: Flag.optional(),
    KMSKeyId: noOwnEncryption,
    EncryptAlgorithm: noOwnEncryption,
    ResourceGroupId: noResourceGroup,
  }),
  run: ({ ImageId: imageId, DestinationRegionId, DestinationImageName: name, ...parameters }, service) =>
    runWithOptions(parameters, service, async (api) => {
      const { region } = service;
      const destinationRegion = service.regions.find((candidate) => candidate === (DestinationRegionId ?? region));
      if (destinationRegion === undefined) {
        throw new ProviderError(withValue(destinationRegionNotFound, 'DestinationRegionId', DestinationRegionId));
      }
      const isWithinRegion = destinationRegion === region;
      // A repeated ClientToken must return the first result even if the image has been deleted since.
      const source = parameters.Encrypted === undefined ? undefined : await findImage(imageId, api);
      if (source !== undefined && parameters.Encrypted !== (source.encryption !== 'none')) {
        throw new ProviderError(
          invalidParameter(
            'Encrypted',
            'must be the encryption of the image, which its copies have too',
            'InvalidParameter',
            parameters.Encrypted,
          ),
        );
      }
      const details = { name, description: parameters.DestinationDescription, tags: parameters.Tag };
      const copy = await api.copyImage(imageId, { destinationRegion, ...details }).catch((failure: unknown) => {
        // Decided by the error and not by reading the image first: a repeated ClientToken must return the first result even if
        // the image has changed or been deleted since.
        const isNotOwned = failure instanceof ActionError && notOwnedCodes.has(failure.code);
        if (isNotOwned && isWithinRegion) {
          return api.saveSharedImage(imageId, details);
        }
        throw failure;
      });
      return { ImageId: copy.imageId };
    }),
});

const notFromCopy = {
  code: 'ImageCreatedNotFromCopy',
  status: 400,
  message: 'The specified image is not the target image of a copy action.',
};
const incorrectStatus = (message: string) => ({ code: 'IncorrectImageStatus', status: 400, message });

/**
 * Deletes a copy that isn't finished yet. Throws ImageCreatedNotFromCopy for images that aren't copies, and IncorrectImageStatus
 * for copies that are finished or failed. A shared copy can't be deleted.
 *
 * Source of the errors: CancelCopyImage in the ECS API reference.
 */
export const cancelCopyImage = wireAction({
  parameters: z.object({ ...NoDryRun, ImageId }),
  async run({ ImageId: imageId }, service) {
    await withCurrentImage(imageId, service, async ({ visibility, origin, state }, atRevision) => {
      if (visibility !== 'owned') {
        throw new ProviderError(imageNotFound);
      }
      if (origin !== 'copy' && origin !== 'save' && state !== 'copying') {
        throw new ProviderError(notFromCopy);
      }
      if (state !== 'copying') {
        throw new ProviderError(
          incorrectStatus(state === 'failed' ? 'The Image copy has been failed.' : 'The image has completed copy.'),
        );
      }
      await atRevision.deleteImage(imageId);
    });
    return {};
  },
});
