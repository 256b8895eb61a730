import { deleteAccessKey } from '../../functions/delete-access-key.ts';
import { listAccessKeys } from '../../functions/list-access-keys.ts';
import { listImages } from '../../functions/list-images.ts';
import { logger } from '../../lib/app/process.ts';
import type { AccessKeyId } from '../../lib/model/ids.ts';
import { noon, secondsFromNoon } from '../support/builders.ts';
import { createClients } from '../support/client.ts';
import { InMemoryService } from '../support/in-memory-service.ts';
import { inProcess } from '../support/in-process.ts';
import { MemoryStore } from '../support/memory-store/memory-store.ts';
import { keyOf } from './keys.ts';
import { newImage, region } from './tencent/calls.ts';
import { request } from './tencent/wire-request.ts';
import { sendSigned } from './wire-request.ts';

/** A store that counts the writes of last uses. Something else can happen before each of them. */
class ObservedStore extends MemoryStore {
  writes = 0;
  beforeWrite: () => Promise<unknown> = async () => {};

  override async recordKeyUse(keyId: AccessKeyId, at: Date): Promise<void> {
    this.writes += 1;
    await this.beforeWrite();
    return super.recordKeyUse(keyId, at);
  }
}

async function scene() {
  const store = new ObservedStore();
  const clock = { at: noon };
  const transport = inProcess(new InMemoryService(store, clock));
  const member = await createClients(transport).freshMember();
  const key = await keyOf(member);
  const lastUse = async () => (await member.ok(listAccessKeys)).accessKeys[0]?.lastUsedAt;
  /** Calls an action of CVM. Returns the code of its error, if any. */
  const call = async (action = 'DescribeImages', { parameters = {}, secret = key.secret } = {}): Promise<string | undefined> => {
    const timestamp = Math.floor(clock.at.getTime() / 1_000);
    const signed = request({ action, timestamp, body: JSON.stringify(parameters) }, { ...key, secret });
    const response = await sendSigned(signed, transport.fetch);
    return ((await response.json()) as { Response: { Error?: { Code: string } } }).Response.Error?.Code;
  };
  return { store, clock, member, key, lastUse, call };
}

describe('the last use of an access key', () => {
  it('is written with the first request, and then once an hour', async () => {
    const { store, clock, lastUse, call } = await scene();
    expect(await lastUse()).toBeUndefined();

    for (const [seconds, last, writes] of [
      [0, 0, 1],
      [1, 0, 1],
      [3_599, 0, 1],
      [3_600, 3_600, 2],
      [7_199, 3_600, 2],
    ] as const) {
      clock.at = secondsFromNoon(seconds);
      expect(await call()).toBeUndefined();
      expect([await lastUse(), store.writes]).toEqual([secondsFromNoon(last).toISOString(), writes]);
    }
  });

  it('is written if the request is refused, but not if its signature is wrong', async () => {
    const { lastUse, call } = await scene();

    expect(await call('DescribeImages', { secret: 'wrong' })).toBe('AuthFailure.SignatureFailure');
    expect(await lastUse()).toBeUndefined();
    expect(await call('DeleteImages', { parameters: { ImageIds: ['img-12345678'] } })).toBe('InvalidImageId.NotFound');
    expect(await lastUse()).toBe(noon.toISOString());
  });

  it('is written while the action runs, and before the response', async () => {
    const { store, member, lastUse, call } = await scene();
    const imagesWhenWritten: number[] = [];
    // Waits for the action, which therefore must not wait for the write.
    store.beforeWrite = async () => {
      let count = 0;
      for (let attempt = 0; count === 0 && attempt < 1_000; attempt += 1) {
        count = (await member.ok(listImages, { region })).images.length;
      }
      imagesWhenWritten.push(count);
    };

    expect(await call('ImportImage', { parameters: { ...newImage, ImageName: 'web' } })).toBeUndefined();
    expect(imagesWhenWritten).toEqual([1]);
    expect(await lastUse()).toBe(noon.toISOString());
  });

  it('does not fail the call if it cannot be written', async () => {
    const { store, lastUse, call } = await scene();
    const [warn, warnings] = [logger.warn, [] as unknown[]];
    logger.warn = (...line: unknown[]) => {
      warnings.push(line);
    };
    store.beforeWrite = () => Promise.reject(new Error('the disk is full'));

    expect(
      await call().finally(() => {
        logger.warn = warn;
      }),
    ).toBeUndefined();
    expect(warnings).toEqual([
      ["Couldn't record the use of an access key", { keyId: expect.any(String), cause: new Error('the disk is full') }],
    ]);
    expect(await lastUse()).toBeUndefined();
  });

  it('does not bring back a key that is deleted at the same time', async () => {
    const { store, member, key, call } = await scene();
    store.beforeWrite = () => member.ok(deleteAccessKey, { keyId: key.keyId });

    expect(await call()).toBeUndefined();
    expect((await member.ok(listAccessKeys)).accessKeys).toEqual([]);
    expect(await call()).toBe('AuthFailure.SecretIdNotFound');
  });
});
