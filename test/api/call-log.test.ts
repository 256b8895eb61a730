import { deleteImage } from '../../functions/delete-image.ts';
import { getImage } from '../../functions/get-image.ts';
import { listRegions } from '../../functions/list-regions.ts';
import { logger } from '../../lib/app/process.ts';
import { freshCaller } from '../sdk/tencent/calls-in-process.ts';
import { anImageOf, type Member, share } from '../support/client.ts';
import { fetchInProcess, freshMember, freshMembers, inProcess, service, withToken } from '../support/in-process.ts';
import { watchingSecrets } from '../support/secrets.ts';

const region = 'ap-guangzhou';

/** Returns the lines that the calls write: level, message, and fields. */
async function logOf(calls: () => Promise<unknown>): Promise<Record<string, unknown>[]> {
  const lines: Record<string, unknown>[] = [];
  const { info, error } = logger;
  const write =
    (level: string) =>
    (message: unknown, fields: unknown): void => {
      lines.push({ level, message, ...(fields as object) });
    };
  Object.assign(logger, { info: write('info'), error: write('error') });
  try {
    await calls();
  } finally {
    Object.assign(logger, { info, error });
  }
  return lines;
}

describe('the log', () => {
  it('has one line for a call, with its account and duration', async () => {
    const member = await freshMember();

    const lines = await logOf(() => member.ok(listRegions));

    expect(lines).toEqual([
      {
        level: 'info',
        message: 'Call',
        action: 'ListRegions',
        requestId: expect.stringMatching(/\S/),
        account: member.account,
        project: undefined,
        status: 200,
        ms: expect.any(Number),
      },
    ]);
  });

  it('has the code and the rule of a refusal, by its request ID', async () => {
    const [owner, recipient] = (await freshMembers(2)) as [Member, Member];
    const { imageId } = await anImageOf(owner, region);
    await share(owner, { region, imageId }, [recipient.account]);
    let requestId: string | undefined;

    const lines = await logOf(async () => {
      ({ requestId } = await owner.refused(deleteImage, { region, imageId }));
    });

    expect(lines).toMatchObject([
      {
        level: 'info',
        action: 'DeleteImage',
        account: owner.account,
        status: 409,
        code: 'ImageShared',
        rule: 'delete.guard',
        requestId,
      },
    ]);
  });

  it('has calls without a valid token, without the token', async () => {
    const lines = await logOf(() => withToken('Bearer not-a-token').refused(getImage, { region, imageId: 'img-1' }));

    expect(lines).toMatchObject([{ action: 'GetImage', account: undefined, status: 401, code: 'Unauthenticated' }]);
    expect(JSON.stringify(lines)).not.toContain('not-a-token');
  });

  it('has routes that do not exist', async () => {
    const lines = await logOf(async () => {
      await fetchInProcess('/v1/nothing');
      await inProcess(service).fetch('/', { method: 'POST' });
    });

    expect(lines).toMatchObject([
      { status: 404, code: 'RouteNotFound' },
      { action: 'Sdk', status: 404, code: 'RouteNotFound' },
    ]);
  });

  it('names the cloud and the action of an SDK, and the refusal in terms of the service', async () => {
    const caller = await freshCaller();
    const { account } = caller;

    const lines = await logOf(async () => {
      await caller.call('DescribeImages');
      await caller.call('DeleteImages', { ImageIds: ['img-00000000'] });
      await caller.call('ModifyNothing');
    });

    expect(lines).toMatchObject([
      { action: 'tencent DescribeImages', account, status: 200 },
      { action: 'tencent DeleteImages', account, status: 200, code: 'ImageNotFound', rule: 'received.visible' },
      { action: 'tencent (unknown action)', account, status: 200, code: 'InvalidAction' },
    ]);
    expect(lines[0]).not.toHaveProperty('code');
    expect(JSON.stringify(lines)).not.toContain(caller.key.secret);
  });
});

describe('requests in this process', () => {
  const secret = 'a-token-of-20-characters';
  const request = { headers: { authorization: `Bearer ${secret}` } };

  it('fail if the response has their token', async () => {
    const fetch = watchingSecrets(async () => new Response(`no ${secret}`));

    await expect(fetch('/', request)).rejects.toThrow('A secret is in the response to /');
  });

  it('fail if the log has their token', async () => {
    const fetch = watchingSecrets(async () => {
      logger.info('Call', { secret });
      return new Response();
    });

    await expect(fetch('/', request)).rejects.toThrow(secret);
  });
});
