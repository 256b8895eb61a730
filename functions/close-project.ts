import * as z from 'zod';
import { action } from '../lib/app/action.ts';
import { loadHoldings } from '../lib/app/holdings.ts';
import { regionsOfKind } from '../lib/app/regions.ts';
import { serve } from '../lib/http/serve.ts';
import { PrincipalId } from '../lib/model/ids.ts';
import { planCloseProject } from '../lib/rules/close-principals.ts';
import { countsIn } from '../lib/table/store.ts';

/**
 * Permanently closes a project, and removes the project from all images shared with it. Its ID can't be reused.
 *
 * Rules: account.close.
 */
export const closeProject = action({
  name: 'CloseProject',
  summary: 'Permanently closes a project that has no images or instances. For operators.',
  routes: ['DELETE /accounts/{accountId}/projects/{projectId}'],
  callers: ['operator'],
  refuses: ['ProjectNotFound', 'AccountInUse'],
  changes: true,
  path: z.strictObject({ accountId: PrincipalId, projectId: PrincipalId }),
  status: 204,

  async run({ accountId, projectId }, { change, regions, removeClosedPrincipal }) {
    const projectRegions = regionsOfKind(regions, 'project');
    const counts = countsIn(projectRegions, projectId);
    await change(
      { accounts: [accountId], projects: [projectId], counts, loadMore: loadHoldings(projectId, counts) },
      ({ accounts, projects, holdings }, { at }) =>
        planCloseProject(
          { accountId, projectId },
          { account: accounts.get(accountId), project: projects.get(projectId), holdings, regions: projectRegions },
          at,
        ),
    );
    // If this fails, the plan's clean-up task does it 15 minutes later.
    await removeClosedPrincipal(projectId, 'project');
    return null;
  },
});

export const handler = serve(closeProject);
