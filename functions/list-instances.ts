import * as z from 'zod';
import { action } from '../lib/app/action.ts';
import { fillPage } from '../lib/app/fill-page.ts';
import { cursorsOf } from '../lib/http/cursor.ts';
import { serve } from '../lib/http/serve.ts';
import { Cursor, Limit, textOf } from '../lib/model/fields.ts';
import { ImageId, Region } from '../lib/model/ids.ts';
import { nameBytesMax } from '../lib/model/limits.ts';
import { NextCursor } from '../lib/model/views/common.ts';
import { InstanceView } from '../lib/model/views/instance.ts';
import { isFoundIn } from '../lib/rules/image-list.ts';
import { instanceView } from '../lib/rules/views.ts';
import { isTimePosition } from '../lib/table/positions.ts';

const searchedIn = ({ instanceId, imageId, imageName = '', os, architecture }: InstanceView): readonly string[] => [
  instanceId,
  imageId,
  imageName,
  os,
  architecture,
];

export const listInstances = action({
  name: 'ListInstances',
  summary: 'Lists your instances in a region, newest first.',
  routes: ['GET /regions/{region}/instances'],
  callers: ['tenant'],
  path: z.strictObject({ region: Region }),
  query: z.strictObject({
    imageId: ImageId.optional().meta({ description: 'Only instances launched from this image.' }),
    search: textOf(nameBytesMax).optional().meta({
      description: 'Part of the ID, the ID or name of the image, the operating system, or the architecture, case-insensitive.',
    }),
    limit: Limit,
    cursor: Cursor,
  }),
  response: z.strictObject({ instances: z.array(InstanceView), nextCursor: NextCursor }),

  async run({ region, imageId, search, limit, cursor }, { readAsPrincipal, read, store, now }) {
    const { principal } = await readAsPrincipal(region, {});
    const cursors = cursorsOf(['instances', region, principal, imageId, search]);
    const after = cursors.read(cursor, isTimePosition);
    const { entries, next } = await fillPage(
      { limit, after, isFiltered: imageId !== undefined || search !== undefined },
      (page) => store.instancesOf({ region, principal }, page),
      async (keys) => {
        const { instances } = await read({ instances: keys });
        const matches = instances.filter(
          (instance) => instance.principal === principal && (imageId ?? instance.imageId) === instance.imageId,
        );
        const { images } = await read({ images: matches });
        const imagesById = new Map(images.map((image) => [image.imageId, image]));
        const views = new Map(
          matches
            .map((instance) => instanceView(instance, imagesById.get(instance.imageId), now()))
            .filter((view) => search === undefined || isFoundIn(searchedIn(view), search))
            .map((view) => [view.instanceId, view]),
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
