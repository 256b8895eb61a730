import { retry } from '../../lib/app/retry.ts';
import type { Step } from '../../lib/model/plan.ts';
import type { Acceptance, Account, Project } from '../../lib/model/principal.ts';
import { principalIn } from '../../lib/rules/principals.ts';
import type { Store, Wanted } from '../../lib/table/store.ts';
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
const read = (store: Store, wanted: Wanted) => retry(() => store.read(wanted), noWaitBudget());
const accountIn = async (store: Store) => (await read(store, { accounts: [accountId] })).accounts.get(accountId);

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
    const { projects } = await read(store, { projects: [first.projectId, second.projectId] });
    expect([...projects.values()]).toEqual([{ ...first, state: 'closed' }, second]);

    expect(await commit(store, ...closeProject(second, false))).toEqual({ committed: true });
    await commit(store, ...openProject(projectNamed('org-3')));
    expect(await accountIn(store)).toMatchObject({ defaultProject: 'org-3', openProjects: 1 });
  });

  it('changes the default project and corrects the number of projects, each only in the right state', async () => {
    const { store } = await make();
    const makeDefault: Step = { do: 'set-default-project', accountId, projectId: first.projectId };
    const correct = (seen: number, openProjects: number): Step => ({
      do: 'correct-project-count',
      accountId,
      seen,
      openProjects,
    });
    await commit(store, { do: 'create-account', account });
    await commit(store, ...openProject(first));

    expect(await commit(store, { do: 'add-project', project: second, isDefault: true })).toEqual({ committed: true });
    expect(await accountIn(store)).toMatchObject({ defaultProject: 'org-2', openProjects: 2 });
    expect(await commit(store, makeDefault)).toEqual({ committed: true });
    expect(await accountIn(store)).toMatchObject({ defaultProject: 'org-1', openProjects: 2 });
    expect(await commit(store, correct(1, 0))).toMatchObject({ committed: false });
    expect(await commit(store, correct(2, 0))).toEqual({ committed: true });
    expect(await accountIn(store)).toMatchObject({ openProjects: 0 });

    await commit(store, { do: 'close-account', accountId });
    expect(await commit(store, makeDefault)).toMatchObject({ committed: false });
    expect(await commit(store, correct(0, 1))).toMatchObject({ committed: false });
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

  it.each(['account', 'project'] as const)('stores what an open %s accepts, field by field, lists in order', async (kind) => {
    const { store } = await make();
    const id = kind === 'account' ? accountId : first.projectId;
    const stored = async () => principalIn(await read(store, { accounts: [accountId], projects: [id] }), { principal: id, kind });
    const set = (acceptance: Acceptance) => commit(store, { do: 'set-acceptance', principal: id, kind, acceptance });
    const trusting = { trustedOwners: ['b', 'a'].map(principal) };
    const blocking = { acceptsFrom: 'trusted', blockedOwners: [principal('c')] } as const;
    expect(await set(trusting)).toMatchObject({ committed: false });
    await commit(store, { do: 'create-account', account });
    await commit(store, ...openProject(first));
    const created = await stored();

    expect(await set(trusting)).toEqual({ committed: true });
    expect(await stored()).toEqual({ ...created, ...trusting });
    await set(blocking);
    expect(await stored()).toEqual({ ...created, ...trusting, ...blocking });
    await set({ trustedOwners: [] });
    expect(await stored()).toEqual({ ...created, trustedOwners: [], ...blocking });

    await commit(store, ...closeProject(first, true));
    await commit(store, { do: 'close-account', accountId });
    expect(await set(trusting)).toMatchObject({ committed: false });
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
    const { projects } = await read(store, { projects: [first.projectId] });
    expect(projects.get(first.projectId)).toEqual({ ...first, name: 'One' });
  });
});
