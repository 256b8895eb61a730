import * as z from 'zod';
import { wireAction } from '../wire.ts';
import { zoneNameOf, zoneOf } from './zones.ts';

/**
 * Lists the regions of this deployment with their only zone; the first is the default, because tools require one. `RegionId` is
 * the position in the list, and `BitMaps` is empty, because there are no permissions by region. Source:
 * https://docs.ucloud.cn/api/uaccount-api/get_region.
 */
export const getRegion = wireAction({
  parameters: z.object({}),
  run: async (_, service) => ({
    Regions: service.regions.map((region, index) => ({
      RegionId: index + 1,
      RegionName: zoneNameOf(region),
      IsDefault: index === 0,
      BitMaps: '',
      Region: region,
      Zone: zoneOf(region),
    })),
  }),
});
