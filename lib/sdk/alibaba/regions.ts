import * as z from 'zod';
import { wireAction } from '../wire.ts';

/** Lists the regions of this installation where the cloud's rules hold. They have one endpoint, the one that was asked. */
export const describeRegions = wireAction({
  parameters: z.object({}),
  run: async (_, service) => ({
    Regions: { Region: service.regions.map((region) => ({ RegionId: region, LocalName: region, Status: 'available' })) },
  }),
});
