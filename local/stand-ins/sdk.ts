/** Takes the place of functions/sdk.ts under `STAND_INS=packer npm start`. It is never deployed. */
import { sdkActions } from '../../functions/sdk.ts';
import { serveSdk } from '../../lib/sdk/dispatch.ts';
import { cloudsWithStandIns } from './clouds.ts';

export const handler = serveSdk(sdkActions, undefined, cloudsWithStandIns);
