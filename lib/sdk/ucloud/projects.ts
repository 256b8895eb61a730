import * as z from 'zod';
import { PrincipalId } from '../../model/ids.ts';
import { ProviderError, wireAction } from '../wire.ts';
import { Text } from '../wire-fields.ts';
import { noProjectNamed } from './errors.ts';
import { unixSeconds } from './parameters.ts';

/** A project that a call names; what cannot be the id of one is refused as a project that does not exist. */
export const ProjectParameter = Text.transform((name): PrincipalId => {
  const id = PrincipalId.safeParse(name);
  if (!id.success) {
    throw new ProviderError(noProjectNamed(name));
  }
  return id.data;
});

/** Source: https://docs.ucloud.cn/api/uaccount-api/get_project_list. Projects have no members here, so each has its owner. */
export const getProjectList = wireAction({
  parameters: z.object({}),
  async run(_, service) {
    const { projects, defaultProject, quotas } = await service.accountOverview();
    return {
      ProjectCount: projects.length,
      ProjectSet: projects.map(({ projectId, name, createdAt }) => ({
        ProjectId: projectId,
        ProjectName: name,
        CreateTime: unixSeconds(createdAt),
        IsDefault: projectId === defaultProject,
        MemberCount: 1,
        ResourceCount: quotas.reduce((sum, { principal, used }) => (principal === projectId ? sum + used : sum), 0),
      })),
    };
  },
});
