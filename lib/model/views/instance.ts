/** Instances in responses. */
import * as z from 'zod';
import { ImageId, InstanceId, PrincipalId, Region } from '../ids.ts';
import { Architecture, Product } from '../image.ts';
import { ImageStatus } from '../instance.ts';
import { Instant } from './common.ts';

export const InstanceView = z
  .strictObject({
    instanceId: InstanceId,
    region: Region,
    imageId: ImageId.meta({ description: 'The image that the system disk was last created from.' }),
    imageStatus: ImageStatus.meta({
      description:
        'Whether the instance can be reinitialized from its image: only if it is `available` or `deprecated`. Otherwise its state, `incompatible` (it no longer supports the product of the instance), `not-shared` (no longer shared with you), or `deleted`.',
    }),
    imageName: z.string().optional().meta({ description: 'The name of the image, if you can see it.' }),
    principal: PrincipalId,
    state: z.literal('running').meta({ description: "Terminated instances aren't returned." }),
    product: Product,
    os: z.string(),
    architecture: Architecture,
    disksGiB: z.array(z.int()).meta({ description: 'The system disk, then the data disks.' }),
    createdAt: Instant,
  })
  .meta({ id: 'Instance' });
export type InstanceView = z.infer<typeof InstanceView>;
