import * as z from 'zod';
import { action } from '../lib/app/action.ts';
import { serve } from '../lib/http/serve.ts';
import { Description, Name, Tags } from '../lib/model/fields.ts';
import { ImageId, PrincipalId, Region } from '../lib/model/ids.ts';
import { ImageView } from '../lib/model/views/image.ts';
import { planCopy } from '../lib/rules/copy-image.ts';
import { canActFor } from '../lib/rules/principals.ts';
import { imageView } from '../lib/rules/views.ts';
import { requireOwned } from '../lib/rules/visibility.ts';
import { knownImageCount } from '../lib/table/store.ts';

/**
 * Copies an image of the caller, within its region or to another region with the same policy. The copy belongs to the caller or to
 * another project of its account. It is in the state `copying` until the compute platform reports its state, and isn't shared.
 *
 * Rules: owner.copies, received.no-copy, quota.images.
 */
export const copyImage = action({
  name: 'CopyImage',
  summary: "Copies an image that you own to another region or within its region. The copy isn't shared.",
  routes: ['POST /regions/{region}/images/{imageId}/copies'],
  callers: ['tenant'],
  refuses: ['ImageNotFound', 'NotOwner', 'ImageNotUsable', 'ImageQuotaExceeded'],
  changes: true,
  path: z.strictObject({ region: Region, imageId: ImageId }),
  body: z.strictObject({
    destinationRegion: Region,
    name: Name.optional().meta({ description: "Default: the image's name." }),
    description: Description.optional().meta({ description: "Default: the image's description." }),
    tags: Tags.optional().meta({ description: "Default: the image's tags." }),
    project: PrincipalId.optional().meta({
      description:
        'In regions where projects own images: the project that will own the copy. Default: the project that owns the image.',
    }),
  }),
  response: ImageView,
  status: 201,

  run(
    { region, imageId, destinationRegion, project, name, description, tags },
    { changeAsPrincipal, policyOf, newImageId, tenant },
  ) {
    const policy = policyOf(region);
    const destinationPolicy = policyOf(destinationRegion);
    const key = { region, imageId };
    const projects = project === undefined ? [] : [project];
    return changeAsPrincipal(region, { images: [key], projects }, (facts, stamp) => {
      const source = requireOwned('copy', key, facts.image, facts.principal, stamp.at);
      const owner = project ?? source.owner;
      const { steps, result } = planCopy(source, {
        destination: { region: destinationRegion, policy: destinationPolicy },
        policy,
        name: name ?? source.name,
        description: description ?? source.description,
        tags: tags ?? source.tags,
        imageId: newImageId(destinationPolicy),
        owner,
        ownerIsOwn: project === undefined || canActFor(tenant(), facts.projects.get(project)),
        used: knownImageCount(facts, { region: destinationRegion, principal: owner }),
        stamp,
      });
      return { steps, result: imageView(result, 'owned', { policy: destinationPolicy, now: stamp.at }) };
    });
  },
});

export const handler = serve(copyImage);
