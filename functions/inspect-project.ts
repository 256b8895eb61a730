import * as z from 'zod';
import { action } from '../lib/app/action.ts';
import { serve } from '../lib/http/serve.ts';
import { PrincipalId } from '../lib/model/ids.ts';
import { ProjectView } from '../lib/model/views/account.ts';
import { requireProjectOf } from '../lib/rules/change-principals.ts';

/** Returns any project to an operator, including a closed one. */
export const inspectProject = action({
  name: 'InspectProject',
  summary: 'Returns a project of an account. For operators.',
  routes: ['GET /accounts/{accountId}/projects/{projectId}'],
  callers: ['operator'],
  refuses: ['ProjectNotFound'],
  path: z.strictObject({ accountId: PrincipalId, projectId: PrincipalId }),
  response: ProjectView,

  async run({ accountId, projectId }, { read }) {
    const { projects } = await read({ projects: [projectId] });
    const { account, name, state } = requireProjectOf(accountId, projectId, projects.get(projectId));
    return { projectId, account, name, state };
  },
});

export const handler = serve(inspectProject);
