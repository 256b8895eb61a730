import * as z from 'zod';
import { wireAction } from '../wire.ts';

/** Lists the deployment's regions of this cloud. They have no endpoints: all regions share the one that was called. */
export const describeRegions = wireAction({
  parameters: z.object({}),
  run: async (_, service) => ({
    Regions: { Region: service.regions.map((region) => ({ RegionId: region, LocalName: region, Status: 'available' })) },
  }),
});
