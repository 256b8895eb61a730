import * as z from 'zod';
import { wireAction } from '../wire.ts';
import { imageItem } from './image-view.ts';
import { foundOf, ImageParameter, paged, paging, unixSeconds } from './parameters.ts';
import { ProjectParameter } from './projects.ts';

/**
 * Calls of the service's own: UCloud publishes none for the images of its hosts. They have the shape of those it
 * publishes for CompShare, with projects in place of accounts: ModifyCompShareImageShareAccount,
 * DescribeCompShareImageShareAccounts and DescribeCompShareSharingImages in https://docs.ucloud.cn/api/ucompshare-api.
 */

/** Projects that each of the two lists may name in one call. Source: ModifyCompShareImageShareAccount. */
const projectsPerCallMax = 10;

const Projects = z.array(ProjectParameter).max(projectsPerCallMax, `must be at most ${projectsPerCallMax} projects`);

export const modifyImageShareProject = wireAction({
  parameters: z
    .object({ ImageId: ImageParameter, AddProjects: Projects.optional(), RemoveProjects: Projects.optional() })
    .refine(({ AddProjects = [], RemoveProjects = [] }) => AddProjects.length + RemoveProjects.length > 0, {
      path: ['AddProjects'],
      error: 'or RemoveProjects must name a project',
    })
    .refine(({ AddProjects = [], RemoveProjects = [] }) => !RemoveProjects.some((project) => AddProjects.includes(project)), {
      path: ['RemoveProjects'],
      error: 'must name none that AddProjects names',
    }),
  async run({ ImageId, AddProjects: add = [], RemoveProjects: remove = [] }, service) {
    await service.changeShares(ImageId, { add, remove });
    return {};
  },
});

export const describeImageShareProjects = wireAction({
  parameters: z.object({ ImageId: ImageParameter }),
  async run({ ImageId }, service) {
    const { shares } = await service.shares(ImageId);
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
  parameters: z.object({ ...paging(100), ImageId: ImageParameter.optional() }),
  async run({ ImageId, ...page }, service) {
    const found =
      ImageId === undefined ? await service.images('shared') : await foundOf([ImageId], service.image, 'ImageNotFound');
    const images = found.filter(({ visibility }) => visibility === 'shared');
    return { TotalCount: images.length, ImageSet: paged(images, page).map(imageItem) };
  },
});
