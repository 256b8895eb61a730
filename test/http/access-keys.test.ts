import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { closeAccount } from '../../functions/close-account.ts';
import { closeProject } from '../../functions/close-project.ts';
import { createAccessKey } from '../../functions/create-access-key.ts';
import { deleteAccessKey } from '../../functions/delete-access-key.ts';
import { listAccessKeys } from '../../functions/list-access-keys.ts';
import { putAccount } from '../../functions/put-account.ts';
import { updateAccessKey } from '../../functions/update-access-key.ts';
import { clientOf } from '../../local/embedded-dynamodb.ts';
import { apiOf, freshMember, freshMembers, operator } from '../support/api.ts';
import { type Callable, freshId, type Member, problemIn, tally } from '../support/client.ts';
import { dynamodb, tableName } from '../support/service.ts';

const api = operator();
const unknownKey = { keyId: 'AK000000000000000000000000' };
const everyCall: readonly (readonly [Callable, Readonly<Record<string, unknown>>])[] = [
  [createAccessKey, {}],
  [listAccessKeys, {}],
  [updateAccessKey, { ...unknownKey, state: 'disabled' }],
  [deleteAccessKey, unknownKey],
];

interface NewKey {
  readonly keyId: string;
  readonly secret: string;
}

let member: Member;
beforeEach(async () => {
  member = await freshMember();
});

/** Returns every item of the service's table as text. */
async function everythingStored(): Promise<string> {
  const client = clientOf(dynamodb());
  const documents = DynamoDBDocumentClient.from(client);
  const items: unknown[] = [];
  let from: Record<string, unknown> | undefined;
  do {
    const page = await documents.send(new ScanCommand({ TableName: tableName(), ConsistentRead: true, ExclusiveStartKey: from }));
    items.push(...(page.Items ?? []));
    from = page.LastEvaluatedKey;
  } while (from !== undefined);
  client.destroy();
  return JSON.stringify(items);
}

describe('/v1/account/access-keys', () => {
  it("creates, lists, disables, enables, and deletes keys of the caller's account", async () => {
    expect(await member.ok(listAccessKeys)).toEqual({ accessKeys: [] });

    const { secret, ...first } = await member.ok(createAccessKey);
    expect(first).toEqual({
      keyId: expect.stringMatching(/^AK[A-Z0-9]{24}$/),
      account: member.account,
      state: 'active',
      createdAt: expect.stringMatching(/Z$/),
    });
    expect(secret).toMatch(/^[A-Za-z0-9]{40}$/);
    const { secret: anotherSecret, ...second } = await member.ok(createAccessKey);
    expect(second.keyId).not.toBe(first.keyId);
    expect(anotherSecret).not.toBe(secret);
    expect(await member.ok(listAccessKeys)).toEqual({ accessKeys: [second, first] });

    const disabled = { ...first, state: 'disabled' };
    expect(await member.ok(updateAccessKey, { keyId: first.keyId, state: 'disabled' })).toEqual(disabled);
    expect(await member.ok(listAccessKeys)).toEqual({ accessKeys: [second, disabled] });
    expect(await member.ok(updateAccessKey, { keyId: first.keyId, state: 'active' })).toEqual(first);

    await member.ok(deleteAccessKey, { keyId: second.keyId });
    expect(await member.ok(listAccessKeys)).toEqual({ accessKeys: [first] });
    expect(await member.refused(deleteAccessKey, { keyId: second.keyId })).toMatchObject({ status: 404, code: 'KeyNotFound' });
  });

  it("can't access keys of other accounts", async () => {
    const [other] = (await freshMembers(1)) as [Member];
    const { keyId } = await other.ok(createAccessKey);

    expect(await member.ok(listAccessKeys)).toEqual({ accessKeys: [] });
    expect(await member.refused(updateAccessKey, { keyId, state: 'disabled' })).toMatchObject({ code: 'KeyNotFound' });
    expect(await member.refused(deleteAccessKey, { keyId })).toMatchObject({ code: 'KeyNotFound' });
    expect((await other.ok(listAccessKeys)).accessKeys).toMatchObject([{ keyId, state: 'active' }]);
  });

  it('creates exactly ten keys for 30 concurrent calls', async () => {
    const responses = await Promise.all(Array.from({ length: 30 }, () => member.try(createAccessKey)));

    expect(tally(responses)).toEqual({ '201': 10, '409 KeyQuotaExceeded': 20 });
    const created = responses.flatMap(({ status, body }) => (status === 201 ? [(body as { keyId: string }).keyId] : []));
    const { accessKeys } = await member.ok(listAccessKeys);
    expect(accessKeys.map(({ keyId }) => keyId).toSorted()).toEqual(created.toSorted());
    expect(await member.refused(createAccessKey)).toMatchObject({ status: 409, cap: 10, used: 10, remaining: 0 });
  });

  it('returns a secret in exactly one response, and stores it nowhere', async () => {
    const key = { 'idempotency-key': freshId() };
    const responses = await Promise.all(Array.from({ length: 5 }, () => member.try(createAccessKey, {}, key)));
    expect(tally(responses)).toEqual({ '201': 5 });
    const withSecret = responses.flatMap(({ body }) =>
      (body as { secret?: string }).secret === undefined ? [] : [body as NewKey],
    );
    expect(withSecret).toHaveLength(1);
    const [{ secret, ...created }] = withSecret as [NewKey];

    expect((await member.try(createAccessKey, {}, key)).body).toEqual(created);
    expect(await member.ok(listAccessKeys)).toEqual({ accessKeys: [created] });
    const stored = await everythingStored();
    expect(stored).toContain(created.keyId);
    const encodings = (['utf8', 'base64', 'base64url', 'hex'] as const).map((encoding) => Buffer.from(secret).toString(encoding));
    expect(encodings.filter((text) => stored.includes(text))).toEqual([]);
  });

  it('is Forbidden to operators, which must name an account, and to tokens of a project', async () => {
    const projectApi = apiOf({ account: member.account, project: member.project });
    for (const [action, fields] of everyCall) {
      expect(await api.refused(action, fields)).toMatchObject({ status: 403, code: 'Forbidden' });
      expect(await projectApi.refused(action, fields)).toMatchObject({ status: 403, code: 'Forbidden' });
    }
  });

  it('is refused to unknown and closed accounts', async () => {
    await member.ok(createAccessKey);
    await api.ok(closeProject, { accountId: member.account, projectId: member.project });
    await api.ok(closeAccount, { accountId: member.account });

    for (const [action, fields] of everyCall) {
      expect(await member.refused(action, fields)).toMatchObject({ status: 403, code: 'Forbidden', rule: 'account.close' });
      expect(await apiOf({ account: freshId() }).refused(action, fields)).toMatchObject({ status: 404, code: 'AccountNotFound' });
    }
  });
});

describe('/v1/accounts/{accountId}/access-keys', () => {
  it('lets an operator manage the keys of any account', async () => {
    const account = { accountId: member.account };
    const { secret, ...key } = await api.ok(createAccessKey, account);
    expect(secret).toMatch(/^[A-Za-z0-9]{40}$/);

    expect(await member.ok(listAccessKeys)).toEqual({ accessKeys: [key] });
    expect(await api.ok(listAccessKeys, account)).toEqual({ accessKeys: [key] });
    const keyFields = { ...account, keyId: key.keyId };
    expect(await api.ok(updateAccessKey, { ...keyFields, state: 'disabled' })).toEqual({ ...key, state: 'disabled' });
    await api.ok(deleteAccessKey, keyFields);
    expect(await api.ok(listAccessKeys, account)).toEqual({ accessKeys: [] });
    expect(await api.refused(deleteAccessKey, keyFields)).toMatchObject({ status: 404, code: 'KeyNotFound' });
  });

  it('finds only keys of the account in the path', async () => {
    const { keyId } = await member.ok(createAccessKey);
    const accountId = freshId();
    await api.ok(putAccount, { accountId, name: 'another' });

    expect(await api.refused(updateAccessKey, { accountId, keyId, state: 'disabled' })).toMatchObject({ code: 'KeyNotFound' });
    expect(await api.refused(deleteAccessKey, { accountId, keyId })).toMatchObject({ code: 'KeyNotFound' });
    expect((await member.ok(listAccessKeys)).accessKeys).toMatchObject([{ keyId, state: 'active' }]);
  });

  it('is Forbidden to tenants, even for their own account', async () => {
    for (const [action, fields] of everyCall) {
      expect(await member.refused(action, { accountId: member.account, ...fields })).toMatchObject({
        status: 403,
        code: 'Forbidden',
      });
    }
  });

  it("is refused for unknown and closed accounts, except for listing a closed account's keys", async () => {
    await member.ok(createAccessKey);
    await api.ok(closeProject, { accountId: member.account, projectId: member.project });
    await api.ok(closeAccount, { accountId: member.account });

    expect(await api.ok(listAccessKeys, { accountId: member.account })).toEqual({ accessKeys: [] });
    for (const [action, fields] of everyCall) {
      expect(await api.refused(action, { accountId: freshId(), ...fields })).toMatchObject({ code: 'AccountNotFound' });
      if (action.changes) {
        expect(await api.refused(action, { accountId: member.account, ...fields })).toMatchObject({
          status: 409,
          code: 'AccountClosed',
        });
      }
    }
  });

  it('refuses a project, which calls of an account itself accept', async () => {
    const path = `/v1/accounts/${member.account}/access-keys?project=${member.project}`;

    expect(problemIn(await api.send('GET', path))).toMatchObject({ code: 'InvalidRequest', offenders: [{ id: 'project' }] });
    expect((await member.send('GET', `/v1/account/access-keys?project=${member.project}`)).status).toBe(200);
  });
});

describe('closing an account', () => {
  it('removes its keys, including any created concurrently', async () => {
    await api.ok(closeProject, { accountId: member.account, projectId: member.project });
    await Promise.all(Array.from({ length: 5 }, () => member.ok(createAccessKey)));

    const [closed, ...created] = await Promise.all([
      api.try(closeAccount, { accountId: member.account }),
      ...Array.from({ length: 5 }, () => member.try(createAccessKey)),
    ]);

    expect(closed.status).toBe(204);
    const stored = await everythingStored();
    for (const { body } of created.filter(({ status }) => status === 201)) {
      expect(stored).not.toContain((body as { keyId: string }).keyId);
    }
    expect(await api.ok(listAccessKeys, { accountId: member.account })).toEqual({ accessKeys: [] });
  });
});
