import * as z from 'zod';
import { PrincipalId } from '../../model/ids.ts';
import { ProviderError, wireAction } from '../wire.ts';
import { Text } from '../wire-fields.ts';
import { projectNotFound } from './errors.ts';
import { unixSeconds } from './parameters.ts';

/** A project ID. Throws ProviderError for an ID that can't exist, with the code of a project that doesn't exist. */
export const ProjectParameter = Text.transform((name): PrincipalId => {
  const id = PrincipalId.safeParse(name);
  if (!id.success) {
    throw new ProviderError(projectNotFound(name));
  }
  return id.data;
});

/**
 * `MemberCount` counts only the owner. `IsFinance` has no effect: a key acts for its whole account. Source:
 * https://docs.ucloud.cn/api/uaccount-api/get_project_list.
 */
export const getProjectList = wireAction({
  parameters: z.object({ IsFinance: Text.pipe(z.string().regex(/^(yes|no)$/i, 'must be Yes or No')).optional() }),
  async run(_, service) {
    const { projects, defaultProject, quotas } = await service.getAccount();
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
