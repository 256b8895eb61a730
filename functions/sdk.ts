import type { SdkActions } from '../lib/sdk/action-service.ts';
import { serveSdk } from '../lib/sdk/dispatch.ts';
import { cancelImageShares } from './cancel-image-shares.ts';
import { changeImageShares } from './change-image-shares.ts';
import { copyImage } from './copy-image.ts';
import { createImageFromInstance } from './create-image-from-instance.ts';
import { deleteImage } from './delete-image.ts';
import { getAccount } from './get-account.ts';
import { getImage } from './get-image.ts';
import { getInstance } from './get-instance.ts';
import { importImage } from './import-image.ts';
import { listImageShares } from './list-image-shares.ts';
import { listImages } from './list-images.ts';
import { listInstances } from './list-instances.ts';
import { reinitializeInstance } from './reinitialize-instance.ts';
import { reinstallInstance } from './reinstall-instance.ts';
import { runInstances } from './run-instance.ts';
import { saveSharedImage } from './save-shared-image.ts';
import { shareImage } from './share-image.ts';
import { terminateInstance } from './terminate-instance.ts';
import { updateImage } from './update-image.ts';

/** The service's own actions that the actions of the clouds' SDKs call. */
export const sdkActions: SdkActions = {
  cancelImageShares,
  changeImageShares,
  copyImage,
  createImageFromInstance,
  deleteImage,
  getAccount,
  getImage,
  getInstance,
  importImage,
  listImageShares,
  listImages,
  listInstances,
  reinitializeInstance,
  reinstallInstance,
  runInstances,
  saveSharedImage,
  shareImage,
  terminateInstance,
  updateImage,
};

/** The entry point for the clouds' own SDKs. API Gateway can't route their actions, whose names are in a header or parameter. */
export const handler = serveSdk(sdkActions);
