/** Images in responses. */
import * as z from 'zod';
import { ImageId, PrincipalId, Region } from '../ids.ts';
import { Architecture, Encryption, ImageOrigin, ImageState, Product } from '../image.ts';
import { Instant } from './common.ts';

export const ImageView = z
  .strictObject({
    imageId: ImageId,
    region: Region,
    name: z.string(),
    description: z.string(),
    state: ImageState,
    stateReason: z.string().optional().meta({ description: 'Reason for the state, from the compute platform.' }),
    owner: PrincipalId,
    visibility: z.enum(['owned', 'shared', 'public']).meta({ description: 'Why the caller can see it.' }),
    sizeGiB: z.int().meta({ description: 'Total size of the disks that the caller can use.' }),
    disksGiB: z.array(z.int()).meta({ description: 'The system disk, then the data disks.' }),
    os: z.string(),
    architecture: Architecture,
    product: Product,
    products: z.array(Product),
    encryption: Encryption,
    tags: z.record(z.string(), z.string()),
    origin: ImageOrigin.optional().meta({
      description: 'How the image was created. Absent for public images, and for images of earlier versions.',
    }),
    revision: z.int().meta({
      description:
        'Increases with each change of name, description, tags, products, or state. Also the ETag header of responses.',
    }),
    createdAt: Instant,
    shareCount: z.int().optional().meta({ description: 'For the owner only.' }),
    sharedAt: Instant.optional().meta({ description: 'When it was shared with the caller. For shared images only.' }),
    expiresAt: Instant.optional().meta({
      description: "When the caller's share expires. For shared images only; absent if it never expires.",
    }),
  })
  .meta({ id: 'Image' });
export type ImageView = z.infer<typeof ImageView>;
