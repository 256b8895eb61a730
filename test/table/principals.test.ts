import { retry } from '../../lib/app/retry.ts';
import type { Step } from '../../lib/model/plan.ts';
import type { Account, Project } from '../../lib/model/principal.ts';
import type { Store } from '../../lib/table/store.ts';
import { noon, principal, region } from '../support/builders.ts';
import { noWaitBudget } from '../support/in-memory-service.ts';
import { stores } from './stores.ts';

const accountId = principal('acme');
const account: Account = { accountId, name: 'Acme', state: 'open', createdAt: noon, openProjects: 0 };
const projectNamed = (id: string): Project => ({
  projectId: principal(id),
  account: accountId,
  name: id,
  state: 'open',
  createdAt: noon,
});

const commit = (store: Store, ...steps: Step[]) => retry(() => store.commit(steps), noWaitBudget());
const accountIn = async (store: Store) =>
  (await retry(() => store.read({ accounts: [accountId] }), noWaitBudget())).accounts.get(accountId);

const openProject = (project: Project): Step[] => [
  { do: 'create-project', project },
  { do: 'add-project', project },
];
const closeProject = (project: Project, wasDefault: boolean): Step[] => [
  { do: 'close-project', projectId: project.projectId },
  { do: 'remove-project', accountId, projectId: project.projectId, wasDefault },
];

describe.each(stores)('%s: accounts and projects', (_, make) => {
  const [first, second] = [projectNamed('org-1'), projectNamed('org-2')];

  it('creates an account once', async () => {
    const { store } = await make();

    expect(await commit(store, { do: 'create-account', account })).toEqual({ committed: true });
    expect(await commit(store, { do: 'create-account', account })).toMatchObject({ committed: false });
    expect(await accountIn(store)).toEqual(account);
  });

  it('makes the first open project the default, and the next one after that is closed', async () => {
    const { store } = await make();
    await commit(store, { do: 'create-account', account });

    await commit(store, ...openProject(first));
    await commit(store, ...openProject(second));
    expect(await accountIn(store)).toMatchObject({ defaultProject: 'org-1', openProjects: 2 });

    expect(await commit(store, ...closeProject(first, false))).toMatchObject({ committed: false });
    expect(await commit(store, ...closeProject(first, true))).toEqual({ committed: true });
    expect(await accountIn(store)).toEqual({ ...account, openProjects: 1 });

    expect(await commit(store, ...closeProject(second, false))).toEqual({ committed: true });
    await commit(store, ...openProject(projectNamed('org-3')));
    expect(await accountIn(store)).toMatchObject({ defaultProject: 'org-3', openProjects: 1 });
  });

  it('closes an account permanently, only without open projects and images', async () => {
    const { store } = await make();
    const quota = { region: region('ap-guangzhou'), principal: accountId };
    const close: Step[] = [
      { do: 'close-account', accountId },
      { do: 'require-none', what: 'images', ...quota },
    ];
    await commit(store, { do: 'create-account', account });
    await commit(store, ...openProject(first));
    await commit(store, { do: 'count', what: 'images', ...quota, by: 1, atMost: 1 });

    expect(await commit(store, ...close)).toMatchObject({ committed: false });
    await commit(store, ...closeProject(first, true));
    expect(await commit(store, ...close)).toMatchObject({ committed: false });
    await commit(store, { do: 'count', what: 'images', ...quota, by: -1 });
    expect(await commit(store, { do: 'require-open', principal: accountId, kind: 'account' })).toEqual({ committed: true });
    expect(await commit(store, ...close)).toEqual({ committed: true });

    for (const step of [
      { do: 'require-open', principal: accountId, kind: 'account' },
      { do: 'rename-account', accountId, name: 'again' },
      { do: 'add-project', project: second },
      { do: 'close-account', accountId },
    ] as const) {
      expect(await commit(store, step)).toMatchObject({ committed: false });
    }
    expect(await accountIn(store)).toMatchObject({ state: 'closed', name: 'Acme' });
  });

  it('stores the trusted owners of an open account in order', async () => {
    const { store } = await make();
    const trust = (...owners: string[]): Step => ({ do: 'set-trusted-owners', accountId, owners: owners.map(principal) });
    expect(await commit(store, trust('b'))).toMatchObject({ committed: false });
    await commit(store, { do: 'create-account', account });

    expect(await commit(store, trust('b', 'a'))).toEqual({ committed: true });
    expect(await accountIn(store)).toEqual({ ...account, trustedOwners: ['b', 'a'] });
    await commit(store, trust());
    expect(await accountIn(store)).toEqual({ ...account, trustedOwners: [] });

    await commit(store, { do: 'close-account', accountId });
    expect(await commit(store, trust('c'))).toMatchObject({ committed: false });
  });

  it('renames open accounts and projects', async () => {
    const { store } = await make();
    await commit(store, { do: 'create-account', account });
    await commit(store, ...openProject(first));

    await commit(
      store,
      { do: 'rename-account', accountId, name: 'Acme Ltd' },
      { do: 'rename-project', projectId: first.projectId, name: 'One' },
    );

    expect(await accountIn(store)).toMatchObject({ name: 'Acme Ltd' });
    const { projects } = await retry(() => store.read({ projects: [first.projectId] }), noWaitBudget());
    expect(projects.get(first.projectId)).toEqual({ ...first, name: 'One' });
  });
});
