import * as z from 'zod';
import { action } from '../lib/app/action.ts';
import { serve } from '../lib/http/serve.ts';
import { Name } from '../lib/model/fields.ts';
import { PrincipalId } from '../lib/model/ids.ts';
import { ProjectView } from '../lib/model/views/account.ts';
import { planProject } from '../lib/rules/change-principals.ts';

/**
 * Registers or renames a project of an account, or makes it the account's default project. The first open project of an account
 * always becomes the default.
 *
 * Rules: account.close.
 */
export const putProject = action({
  name: 'PutProject',
  summary: 'Registers or renames a project of an account. For operators.',
  routes: ['PUT /accounts/{accountId}/projects/{projectId}'],
  callers: ['operator'],
  refuses: ['AccountNotFound', 'AccountClosed'],
  changes: true,
  path: z.strictObject({ accountId: PrincipalId, projectId: PrincipalId }),
  body: z.strictObject({
    name: Name,
    default: z.boolean().default(false).meta({ description: 'Makes this project the default project of the account.' }),
  }),
  response: ProjectView,

  run({ accountId, projectId, name, default: isDefault }, { change }) {
    return change({ accounts: [accountId], projects: [projectId] }, ({ accounts, projects }, { at }) => {
      const facts = { account: accounts.get(accountId), project: projects.get(projectId) };
      const { steps, result } = planProject({ accountId, projectId, name, isDefault }, facts, at);
      return { steps, result: { projectId, account: result.account, name: result.name, state: result.state } };
    });
  },
});

export const handler = serve(putProject);
