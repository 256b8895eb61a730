/** Takes the place of functions/rpc.ts under `STAND_INS=packer npm start`. It is never deployed. */
import { sdkActions } from '../../functions/rpc.ts';
import { serveSdk } from '../../lib/sdk/dispatch.ts';
import { cloudsWithStandIns } from './clouds.ts';

export const handler = serveSdk(sdkActions, undefined, cloudsWithStandIns);
