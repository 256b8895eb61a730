/** Lists the regions of the deployment and their zones. */
import * as z from 'zod';
import { wireAction } from '../../wire.ts';
import { regionNameOf, zonesOf } from '../regions.ts';

export const describeRegions = wireAction({
  parameters: z.strictObject({}),
  async run(_, { regions }) {
    return {
      TotalCount: regions.length,
      RegionSet: regions.map((Region) => ({ Region, RegionName: regionNameOf(Region), RegionState: 'AVAILABLE' })),
    };
  },
});

export const describeZones = wireAction({
  parameters: z.strictObject({}),
  async run(_, { region }) {
    const zones = zonesOf(region);
    return {
      TotalCount: zones.length,
      ZoneSet: zones.map(({ zone, name, id }) => ({ Zone: zone, ZoneName: name, ZoneId: id, ZoneState: 'AVAILABLE' })),
    };
  },
});
