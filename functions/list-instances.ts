import * as z from 'zod';
import { action } from '../lib/app/action.ts';
import { fillPage } from '../lib/app/fill-page.ts';
import { cursorsOf } from '../lib/http/cursor.ts';
import { serve } from '../lib/http/serve.ts';
import { Cursor, Limit } from '../lib/model/fields.ts';
import { ImageId, Region } from '../lib/model/ids.ts';
import { InstanceView, NextCursor } from '../lib/model/views.ts';
import { instanceView } from '../lib/rules/views.ts';
import { isTimePosition } from '../lib/table/positions.ts';

export const listInstances = action({
  name: 'ListInstances',
  summary: 'Lists your instances in a region, newest first.',
  routes: ['GET /regions/{region}/instances'],
  callers: ['tenant'],
  path: z.strictObject({ region: Region }),
  query: z.strictObject({
    imageId: ImageId.optional().meta({ description: 'Only instances launched from this image.' }),
    limit: Limit,
    cursor: Cursor,
  }),
  response: z.strictObject({ instances: z.array(InstanceView), nextCursor: NextCursor }),

  async run({ region, imageId, limit, cursor }, { readAsPrincipal, read, store, now }) {
    const { principal } = await readAsPrincipal(region, {});
    const cursors = cursorsOf(['instances', region, principal, imageId]);
    const after = cursors.read(cursor, isTimePosition);
    const { entries, next } = await fillPage(
      { limit, after, isFiltered: imageId !== undefined },
      (page) => store.instancesOf({ region, principal }, page),
      async (keys) => {
        const { instances } = await read({ instances: keys });
        const matches = instances.filter(
          (instance) => instance.principal === principal && (imageId ?? instance.imageId) === instance.imageId,
        );
        const { images } = await read({ images: matches });
        const imagesById = new Map(images.map((image) => [image.imageId, image]));
        const views = new Map(
          matches.map((instance) => [instance.instanceId, instanceView(instance, imagesById.get(instance.imageId), now())]),
        );
        return keys.map(({ instanceId }) => views.get(instanceId));
      },
    );
    return {
      instances: [...entries],
      ...(next !== undefined && { nextCursor: cursors.at(next) }),
    };
  },
});

export const handler = serve(listInstances);
