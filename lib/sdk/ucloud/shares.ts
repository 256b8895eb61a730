/**
 * UCloud publishes no actions for sharing UHost images. These are modeled on its actions for CompShare, with projects instead of
 * accounts: ModifyCompShareImageShareAccount, DescribeCompShareImageShareAccounts, and DescribeCompShareSharingImages in
 * https://docs.ucloud.cn/api/ucompshare-api.
 */
import * as z from 'zod';
import { findImages } from '../find-image.ts';
import { wireAction } from '../wire.ts';
import { imageItem } from './image-view.ts';
import { commonParameters, ImageParameter, pageOf, pageParameters, unixSeconds } from './parameters.ts';
import { ProjectParameter } from './projects.ts';
import { hasEntriesIn, requireZone } from './zones.ts';

/** The most projects in each of the two lists of a call. Source: ModifyCompShareImageShareAccount. */
const projectsPerCallMax = 10;

const Projects = z.array(ProjectParameter).max(projectsPerCallMax, `must be at most ${projectsPerCallMax} projects`);

export const modifyImageShareProject = wireAction({
  parameters: z
    .object({
      ...commonParameters,
      ImageId: ImageParameter,
      AddProjects: Projects.default([]),
      RemoveProjects: Projects.default([]),
    })
    .refine(({ AddProjects, RemoveProjects }) => AddProjects.length + RemoveProjects.length > 0, { path: ['AddProjects'] })
    .refine(
      ({ AddProjects, RemoveProjects }) =>
        new Set([...AddProjects, ...RemoveProjects]).size === new Set(AddProjects).size + new Set(RemoveProjects).size,
      {
        path: ['RemoveProjects'],
        error: 'must not contain a project of AddProjects',
      },
    ),
  async run({ Zone, ImageId, AddProjects: add, RemoveProjects: remove }, service) {
    requireZone(Zone, service.region);
    await service.changeShares(ImageId, { add, remove });
    return {};
  },
});

export const describeImageShareProjects = wireAction({
  parameters: z.object({ ...commonParameters, ImageId: ImageParameter }),
  async run({ Zone, ImageId }, service) {
    requireZone(Zone, service.region);
    const { shares } = await service.listShares(ImageId);
    return {
      TotalCount: shares.length,
      ProjectSet: shares.map(({ recipient, sharedAt, expiresAt, lastUsedAt }) => ({
        ProjectId: recipient,
        ShareTime: unixSeconds(sharedAt),
        ...(expiresAt !== undefined && { ExpireTime: unixSeconds(expiresAt) }),
        ...(lastUsedAt !== undefined && { LastUseTime: unixSeconds(lastUsedAt) }),
      })),
    };
  },
});

export const describeSharingImages = wireAction({
  parameters: z.object({ ...commonParameters, ...pageParameters(100), ImageId: ImageParameter.optional() }),
  async run({ Zone, ImageId, ...page }, service) {
    const hasEntries = hasEntriesIn(Zone, service.region);
    if (ImageId === undefined && hasEntries) {
      const { total, entries } = await service.numberedImages('shared', {}, { offset: page.Offset, limit: page.Limit });
      return { TotalCount: total, ImageSet: entries.map(imageItem) };
    }
    const candidates = ImageId === undefined ? await service.listImages('shared') : await findImages([ImageId], service);
    const images = candidates.filter(({ visibility }) => hasEntries && visibility === 'shared');
    return { TotalCount: images.length, ImageSet: pageOf(images, page).map(imageItem) };
  },
});
