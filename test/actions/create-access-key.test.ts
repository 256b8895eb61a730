import { inspect } from 'node:util';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { closeAccount } from '../../functions/close-account.ts';
import { closeProject } from '../../functions/close-project.ts';
import { createAccessKey } from '../../functions/create-access-key.ts';
import { deleteAccessKey } from '../../functions/delete-access-key.ts';
import { listAccessKeys } from '../../functions/list-access-keys.ts';
import { logger } from '../../lib/app/process.ts';
import { serve } from '../../lib/http/serve.ts';
import type { Store } from '../../lib/table/store.ts';
import { noon, principal } from '../support/builders.ts';
import { InMemoryService, InterruptibleStore } from '../support/in-memory-service.ts';

const aService = (store: Store = new InterruptibleStore()) => new InMemoryService(store).createAccounts('owner');
const operator = { as: 'operator', scopes: ['operator'] } as const;

describe('createAccessKey', () => {
  describe('effects', () => {
    it('returns an active key, with a secret that no other call returns', async () => {
      const service = await aService();

      const { secret, ...key } = await service.call(createAccessKey, {});

      expect(key).toEqual({
        keyId: expect.stringMatching(/^AK/),
        account: 'owner',
        state: 'active',
        createdAt: noon.toISOString(),
      });
      expect(secret).toHaveLength(40);
      expect(await service.call(listAccessKeys, {})).toEqual({ accessKeys: [key] });
      expect(inspect(await service.contents(), { depth: null })).not.toContain(secret);
    });

    it('stores a secret that can be unsealed only for its key and account', async () => {
      const service = await aService();
      const { keyId, secret } = await service.call(createAccessKey, {});
      const sealed = (await service.store.accessKey(keyId))?.secret;

      expect(await service.secrets.unseal(sealed as NonNullable<typeof sealed>, { keyId, account: principal('owner') })).toBe(
        secret,
      );
      await expect(
        service.secrets.unseal(sealed as NonNullable<typeof sealed>, { keyId, account: principal('another') }),
      ).rejects.toThrow('cannot be unsealed');
    });

    it('creates a key for any account if an operator calls', async () => {
      const service = await aService();

      expect(await service.call(createAccessKey, { accountId: 'owner' }, operator)).toMatchObject({ account: 'owner' });
    });

    it('creates a new key with every call', async () => {
      const service = await aService();
      const keys = [await service.call(createAccessKey, {}), await service.call(createAccessKey, {})];

      expect(new Set(keys.map(({ keyId }) => keyId)).size).toBe(2);
      expect(new Set(keys.map(({ secret }) => secret)).size).toBe(2);
    });

    it('does nothing in a dry run', async () => {
      const service = await aService();
      const before = await service.contents();
      await service.call(createAccessKey, {}, { isDryRun: true });

      expect(await service.contents()).toEqual(before);
    });

    it('creates one key however often the call is repeated, and returns its secret once', async () => {
      const service = await aService();
      const { secret, ...key } = await service.call(createAccessKey, {}, { key: 'k' });

      expect(secret).toBeDefined();
      expect(await service.call(createAccessKey, {}, { key: 'k' })).toEqual(key);
      expect(await service.call(listAccessKeys, {})).toEqual({ accessKeys: [key] });
    });
  });

  describe('refusals', () => {
    it('refuses the eleventh key with KeyQuotaExceeded, also in a dry run, until one is deleted', async () => {
      const service = await aService();
      const [first] = await Promise.all(Array.from({ length: 10 }, () => service.call(createAccessKey, {})));

      const refusal = { code: 'KeyQuotaExceeded', details: { cap: 10, used: 10, remaining: 0 } };
      expect(await service.refusalOf(createAccessKey, {})).toMatchObject(refusal);
      expect(await service.refusalOf(createAccessKey, {}, { isDryRun: true })).toMatchObject(refusal);
      expect(await service.refusalOf(createAccessKey, { accountId: 'owner' }, operator)).toMatchObject(refusal);
      await service.call(deleteAccessKey, { keyId: first?.keyId });
      expect(await service.call(createAccessKey, {})).toMatchObject({ state: 'active' });
    });

    it('refuses an unknown account with AccountNotFound', async () => {
      const service = await aService();

      expect(await service.refusalOf(createAccessKey, {}, { as: 'nobody' })).toMatchObject({ code: 'AccountNotFound' });
      expect(await service.refusalOf(createAccessKey, { accountId: 'nobody' }, operator)).toMatchObject({
        code: 'AccountNotFound',
      });
    });

    it('refuses a closed account with Forbidden, and operators with AccountClosed', async () => {
      const service = await aService();
      await service.close('owner');

      expect(await service.refusalOf(createAccessKey, {})).toMatchObject({ code: 'Forbidden' });
      expect(await service.refusalOf(createAccessKey, { accountId: 'owner' }, operator)).toMatchObject({ code: 'AccountClosed' });
    });

    it.each([
      ['a tenant naming an account', { accountId: 'owner' }, {}],
      ['an operator naming no account', {}, operator],
      ['a token bound to a project', {}, { tokenProject: 'org-owner' }],
    ])('refuses %s with Forbidden', async (_, fields, options) => {
      expect(await (await aService()).refusalOf(createAccessKey, fields, options)).toMatchObject({ code: 'Forbidden' });
    });
  });

  describe('races', () => {
    it('creates no eleventh key when the tenth is created concurrently', async () => {
      const store = new InterruptibleStore();
      const service = await aService(store);
      await Promise.all(Array.from({ length: 9 }, () => service.call(createAccessKey, {})));
      store.beforeNextCommit(() => service.call(createAccessKey, {}));

      await expect(service.call(createAccessKey, {})).rejects.toMatchObject({ code: 'KeyQuotaExceeded' });
      expect((await service.call(listAccessKeys, {})).accessKeys).toHaveLength(10);
    });

    it('returns no secret when the same call with its Idempotency-Key came first', async () => {
      const store = new InterruptibleStore();
      const service = await aService(store);
      store.beforeNextCommit(() => service.call(createAccessKey, {}, { key: 'k' }));

      const second = await service.call(createAccessKey, {}, { key: 'k' });

      expect(second).not.toHaveProperty('secret');
      expect(await service.call(listAccessKeys, {})).toEqual({ accessKeys: [second] });
    });

    it('leaves no key behind when the account is closed concurrently', async () => {
      const store = new InterruptibleStore();
      const service = await aService(store);
      store.beforeNextCommit(() => service.close('owner'));

      await expect(service.call(createAccessKey, {})).rejects.toMatchObject({ code: 'Forbidden' });
      expect((await service.contents()).filter(({ of }) => of === 'access-key')).toEqual([]);
    });

    it('leaves no key behind when created while the account is being closed', async () => {
      const store = new InterruptibleStore();
      const service = await aService(store);
      const account = { accountId: 'owner' };
      await service.call(closeProject, { ...account, projectId: 'org-owner' }, operator);
      store.beforeNextCommit(() => service.call(createAccessKey, {}));

      await service.call(closeAccount, account, operator);
      expect((await service.contents()).filter(({ of }) => of === 'access-key')).toEqual([]);
      expect(await service.call(listAccessKeys, account, operator)).toEqual({ accessKeys: [] });
    });
  });

  it('logs no secret when it fails', async () => {
    const store = new InterruptibleStore();
    const service = await aService(store);
    const secrets: string[] = [];
    const createKey = service.newAccessKey;
    const observedService = Object.assign(Object.create(service) as InMemoryService, {
      newAccessKey: () => {
        const key = createKey();
        secrets.push(key.secret);
        return key;
      },
    });
    const caller = { subject: 'owner', account: principal('owner'), scopes: new Set(['tenant' as const]) };
    const handler = serve(createAccessKey as never, () => ({ dependencies: observedService, verifyToken: async () => caller }));
    const [log, logged] = [logger.error, [] as unknown[]];
    logger.error = (...line: unknown[]) => {
      logged.push(line);
    };
    store.beforeNextCommit(() => Promise.reject(new Error('the disk is full')));

    const event = {
      rawQueryString: '',
      headers: { authorization: 'Bearer token' },
      requestContext: { http: { sourceIp: '192.0.2.1' } },
    } as unknown as APIGatewayProxyEventV2;
    const lambda = { awsRequestId: 'request-1', getRemainingTimeInMillis: () => 60_000 } as Parameters<typeof handler>[1];
    const response = await handler(event, lambda).finally(() => {
      logger.error = log;
    });

    expect(response).toMatchObject({ statusCode: 500 });
    expect(secrets).toHaveLength(1);
    expect(inspect(logged, { depth: null })).toContain('the disk is full');
    expect(inspect([logged, response], { depth: null })).not.toContain(secrets[0]);
  });
});
