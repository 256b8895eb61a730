import * as z from 'zod';
import type { Region } from '../../model/ids.ts';
import { wireAction } from '../wire.ts';
import { Flag } from '../wire-fields.ts';
import { oneOf } from './parameters.ts';
import { AcceptLanguage } from './regions.ts';

/** The only zone of a region. Clients need one, but nothing differs between zones here. */
export const zoneOf = (region: Region): string => `${region}-a`;

/** Lists the only zone of the region. Its lists of types are empty, because every instance type and disk category is accepted. */
export const describeZones = wireAction({
  parameters: z.object({
    AcceptLanguage,
    InstanceChargeType: oneOf(['PrePaid', 'PostPaid']).optional(),
    SpotStrategy: oneOf(['NoSpot', 'SpotWithPriceLimit', 'SpotAsPriceGo']).optional(),
    Verbose: Flag.optional(),
  }),
  run: async (_, { region }) => ({
    Zones: {
      Zone: [
        {
          ZoneId: zoneOf(region),
          LocalName: zoneOf(region),
          ZoneType: 'AvailabilityZone',
          AvailableResourceCreation: { ResourceTypes: ['Instance', 'Disk'] },
          AvailableInstanceTypes: { InstanceTypes: [] },
          AvailableDiskCategories: { DiskCategories: [] },
          AvailableDedicatedHostTypes: { DedicatedHostType: [] },
          AvailableVolumeCategories: { VolumeCategories: [] },
          DedicatedHostGenerations: { DedicatedHostGeneration: [] },
          AvailableResources: { ResourcesInfo: [] },
        },
      ],
    },
  }),
});
