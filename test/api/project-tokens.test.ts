/**
 * Who a token acts as, for every route that a tenant can call: one that is limited to a project acts as that project and as
 * nothing else.
 */
import { checkImageAccess } from '../../functions/check-image-access.ts';
import { closeProject } from '../../functions/close-project.ts';
import { putProject } from '../../functions/put-project.ts';
import { runInstance } from '../../functions/run-instance.ts';
import { actions } from '../../scripts/actions.ts';
import { type Api, anImageOf, type Callable, type Fields, freshId, type Member, scopeNames } from '../support/client.ts';
import { apiOf, freshMembers, operator } from '../support/in-process.ts';

const accountRegion = 'ap-guangzhou';
const projectRegion = 'cn-bj2';

/** `served`: the call gets as far as the rules about images, whatever they say. */
type Expected = 'served' | 403 | 404;

const tokens = ['account', 'open project', 'closed project', 'project of another account', 'unknown project'] as const;
type Token = (typeof tokens)[number];

/** A row for each kind of route, a column for each kind of token. */
const expected: Readonly<Record<string, Readonly<Record<Token, Expected>>>> = {
  'account region': {
    account: 'served',
    'open project': 403,
    'closed project': 403,
    'project of another account': 403,
    'unknown project': 403,
  },
  'project region': {
    account: 'served',
    'open project': 'served',
    'closed project': 404,
    'project of another account': 404,
    'unknown project': 404,
  },
  'no region, as the principal': {
    account: 'served',
    'open project': 'served',
    'closed project': 404,
    'project of another account': 404,
    'unknown project': 404,
  },
  'no region, account-wide': {
    account: 'served',
    'open project': 403,
    'closed project': 403,
    'project of another account': 403,
    'unknown project': 403,
  },
  'no region, open to all': {
    account: 'served',
    'open project': 'served',
    'closed project': 'served',
    'project of another account': 'served',
    'unknown project': 'served',
  },
};

const rowsWithoutRegion: Readonly<Record<string, string>> = {
  GetAccount: 'no region, open to all',
  ListRegions: 'no region, open to all',
  ListRecords: 'no region, as the principal',
  GetUsage: 'no region, as the principal',
  GetShareAcceptance: 'no region, as the principal',
  PutShareAcceptance: 'no region, as the principal',
  StopShares: 'no region, as the principal',
  LeaveSharedImages: 'no region, as the principal',
};

const details = { name: 'new', sizeGiB: 20 };

/** What each call needs besides region, image and instance. */
const bodies: Readonly<Record<string, Fields>> = {
  CancelImageShares: { all: 'true' },
  ChangeImageShares: { add: ['friend'], acknowledgeRisk: true },
  CreateImageFromInstance: { name: 'new' },
  ImportImage: details,
  StartCopyJob: { recipients: ['friend'], acknowledgeRisk: true },
  PutAddressBookEntry: { principalId: 'friend', name: 'Friend' },
  DeleteAddressBookEntry: { principalId: 'friend' },
  PutShareAcceptance: { from: 'anyone', blockedOwners: [] },
  PutTrustedOwners: { owners: [] },
  SetImageShares: { recipients: [] },
  ShareImage: { recipients: ['friend'], acknowledgeRisk: true },
  StopShares: { recipient: 'friend' },
  LeaveSharedImages: { owner: 'friend' },
  UpdateAccessKey: { keyId: 'AK1', state: 'disabled' },
  DeleteAccessKey: { keyId: 'AK1' },
  UpdateImage: { name: 'new' },
};

const tenantActions = (await actions())
  .map(({ action }) => action as Callable)
  .filter(({ callers }) => callers.includes('tenant'));
const withRegion = tenantActions.filter(({ path }) => Object.hasOwn(path.shape, 'region'));
const withoutRegion = tenantActions.filter((action) => !withRegion.includes(action));

let owner: Member;
let apis: Readonly<Record<Token, Api>>;
const ids: Record<string, { imageId: string; instanceId: string }> = {};

beforeAll(async () => {
  let stranger: Member;
  [owner, stranger] = (await freshMembers(2)) as [Member, Member];
  const closed = freshId('org-');
  await operator().ok(putProject, { accountId: owner.account, projectId: closed, name: 'closed' });
  await operator().ok(closeProject, { accountId: owner.account, projectId: closed });
  const limitedTo = (project: string) => apiOf({ account: owner.account, project });
  apis = {
    account: owner,
    'open project': limitedTo(owner.project),
    'closed project': limitedTo(closed),
    'project of another account': limitedTo(stranger.project),
    'unknown project': limitedTo(freshId('org-')),
  };
  for (const region of [accountRegion, projectRegion]) {
    const { imageId } = await anImageOf(owner, region);
    const { instanceId } = await owner.ok(runInstance, { region, imageId });
    ids[region] = { imageId, instanceId };
  }
});

async function outcomeOf(token: Token, action: Callable, region?: string): Promise<Expected> {
  const names = [...Object.keys(action.path.shape), ...Object.keys(action.body?.shape ?? {})];
  const things = Object.fromEntries(
    Object.entries({
      region,
      destinationRegion: region,
      destinations: [{ region }],
      jobId: 'copy-1',
      ...(region && ids[region]),
    }).filter(([name, value]) => names.includes(name) && value !== undefined),
  );
  const fields = { ...things, ...bodies[action.name], ...(action.changes && { dryRun: 'true' }) };
  const { status, body } = await apis[token].try(action, fields);
  const { code } = (body ?? {}) as { code?: string };
  if (status === 400) {
    throw new Error(`${action.name} does not take ${JSON.stringify(fields)}: ${JSON.stringify(body)}`);
  }
  return code === 'Forbidden' ? 403 : code === 'ProjectNotFound' ? 404 : 'served';
}

describe.each(tokens)('a token of: %s', (token) => {
  it.each([
    [accountRegion, 'account region'],
    [projectRegion, 'project region'],
  ])('gets in %s what its kind of token gets, on every route', async (region, row) => {
    const outcomes = withRegion.map(async (action) => [action.name, await outcomeOf(token, action, region)]);

    expect(await Promise.all(outcomes)).toEqual(withRegion.map(({ name }) => [name, expected[row]?.[token]]));
  });

  it('gets what its kind of token gets on every route without a region', async () => {
    const outcomes = withoutRegion.map(async (action) => [action.name, await outcomeOf(token, action)]);

    expect(await Promise.all(outcomes)).toEqual(
      withoutRegion.map(({ name }) => [name, expected[rowsWithoutRegion[name] ?? 'no region, account-wide']?.[token]]),
    );
  });

  it.each(['ListShares', 'ListRecipients'])('gets %s without a region as it gets usage', async (name) => {
    const [action] = withRegion.filter((candidate) => candidate.name === name) as [Callable];

    expect(await outcomeOf(token, action)).toBe(expected['no region, as the principal']?.[token]);
  });

  it.each([
    ['ListRecords', (region: string) => ({ region })],
    ['StopShares', (region: string) => ({ recipient: 'friend', regions: [region], dryRun: 'true' })],
    ['LeaveSharedImages', (region: string) => ({ owner: 'friend', regions: [region], dryRun: 'true' })],
  ])('gets %s of a region as it gets the region', async (name, fieldsIn) => {
    const [action] = withoutRegion.filter((candidate) => candidate.name === name) as [Callable];
    const outcomeIn = async (region: string) => {
      const { status, body } = await apis[token].try(action, fieldsIn(region));
      return status === 200 ? 'served' : (body as { status: Expected }).status;
    };

    expect([await outcomeIn(accountRegion), await outcomeIn(projectRegion)]).toEqual([
      expected['account region']?.[token],
      expected['project region']?.[token],
    ]);
  });
});

describe('a token that is limited to a project', () => {
  it('has neither the operator nor the compute scope', async () => {
    const scope = Object.values(scopeNames).join(' ');
    const limited = apiOf({ account: owner.account, project: owner.project, scope });

    expect(
      await limited.refused(putProject as Callable, { accountId: owner.account, projectId: 'org-x', name: 'x' }),
    ).toMatchObject({
      status: 403,
      detail: expect.stringContaining(`only the tenant scope. It is limited to project ${owner.project}.`),
    });
    const { imageId } = ids[projectRegion] ?? {};
    const check = { region: projectRegion, imageId, principal: 'anybody' };
    expect((await apiOf({ account: 'compute', scope }).try(checkImageAccess as Callable, check)).status).toBe(200);
    expect((await limited.try(checkImageAccess as Callable, check)).status).toBe(200);
    const foreign = { region: accountRegion, imageId: ids[accountRegion]?.imageId, principal: 'anybody' };
    expect(await limited.refused(checkImageAccess as Callable, foreign)).toMatchObject({ status: 403 });
  });
});
