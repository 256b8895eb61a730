import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KMSClient } from '@aws-sdk/client-kms';
import { dataKeysOf } from '../../lib/auth/data-keys.ts';
import { fileDataKeys } from '../../lib/auth/file-data-keys.ts';
import { kmsDataKeys } from '../../lib/auth/kms-data-keys.ts';
import { type DataKeys, seal, secretsWith, unseal } from '../../lib/auth/sealing.ts';
import type { SealedSecret } from '../../lib/model/access-key.ts';
import { accessKeyId, noon, principal, secondsFromNoon } from '../support/builders.ts';
import { type LoopbackKms, startKms } from '../support/kms.ts';

const identity = { keyId: accessKeyId('AK1'), account: principal('acme') };
const secret = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXPJBSWY3DP';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'image-share-sealing-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

let files = 0;
const freshFile = (): string => {
  files += 1;
  return join(folder, `${files}.json`);
};

const kmsKeyId = 'alias/seal';
let kms: LoopbackKms;
beforeAll(async () => {
  kms = await startKms(kmsKeyId);
});
afterAll(() => kms.stop());
beforeEach(() => {
  kms.failure = undefined;
  kms.calls.splice(0);
});

const client = () =>
  new KMSClient({
    endpoint: kms.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    maxAttempts: 1,
  });
const kmsKeys = (keyId = kmsKeyId, now = () => noon) => kmsDataKeys({ client: client(), keyId, now });

const dataKeySources: readonly (readonly [name: string, make: () => DataKeys])[] = [
  ['KMS', () => kmsKeys()],
  ['a file', () => fileDataKeys(freshFile())],
];

describe.each(dataKeySources)('a secret sealed with a data key of %s', (_, make) => {
  /** Flips one bit of the first byte. */
  const flipBit = (text: string): string => {
    const bytes = Buffer.from(text, 'base64url');
    bytes.writeUInt8(bytes.readUInt8(0) ^ 1);
    return bytes.toString('base64url');
  };

  it('can be unsealed for its own key and account', async () => {
    const dataKeys = make();

    expect(await unseal(await seal(secret, identity, dataKeys), identity, dataKeys)).toBe(secret);
    expect(await unseal(await seal('\u00e4\u20ac', identity, dataKeys), identity, dataKeys)).toBe('\u00e4\u20ac');
  });

  it('is not readable, and is sealed differently each time', async () => {
    const dataKeys = make();
    const [first, second] = [await seal(secret, identity, dataKeys), await seal(secret, identity, dataKeys)];

    expect(first.nonce).not.toBe(second.nonce);
    expect(first.text).not.toBe(second.text);
    for (const text of Object.values(first)) {
      expect(text).toMatch(/^[\w-]+$/);
      expect(Buffer.from(text, 'base64url').toString('latin1')).not.toContain(secret);
    }
  });

  it.each([
    ['key', { ...identity, keyId: accessKeyId('AK2') }],
    ['account', { ...identity, account: principal('globex') }],
    ['key and account', { keyId: accessKeyId('AK'), account: principal('1acme') }],
  ])("can't be unsealed for another %s", async (_, other) => {
    const dataKeys = make();
    const sealed = await seal(secret, identity, dataKeys);

    await expect(unseal(sealed, other, dataKeys)).rejects.toThrow('cannot be unsealed');
  });

  it.each<[string, (sealed: SealedSecret) => Partial<SealedSecret>]>([
    ['modified nonce', ({ nonce }) => ({ nonce: flipBit(nonce) })],
    ['modified text', ({ text }) => ({ text: flipBit(text) })],
    ['truncated text', ({ text }) => ({ text: text.slice(0, -4) })],
    ['modified tag', ({ tag }) => ({ tag: flipBit(tag) })],
    ['truncated tag', ({ tag }) => ({ tag: Buffer.from(tag, 'base64url').subarray(0, 4).toString('base64url') })],
    ['empty tag', () => ({ tag: '' })],
    ['empty nonce', () => ({ nonce: '' })],
  ])("can't be unsealed with %s", async (_, change) => {
    const dataKeys = make();
    const sealed = await seal(secret, identity, dataKeys);

    await expect(unseal({ ...sealed, ...change(sealed) }, identity, dataKeys)).rejects.toThrow('cannot be unsealed');
  });

  it("can't be unsealed with another wrapped key", async () => {
    const dataKeys = make();
    const sealed = await seal(secret, identity, dataKeys);

    for (const wrappedKey of [flipBit(sealed.wrappedKey), '', 'memory', randomBytes(60).toString('base64url')]) {
      await expect(unseal({ ...sealed, wrappedKey }, identity, dataKeys)).rejects.toThrow(/^The (stored )?data key /);
    }
  });
});

it.each<[string, string, () => DataKeys, () => DataKeys]>([
  ['KMS', 'a file', () => kmsKeys(), () => fileDataKeys(freshFile())],
  ['a file', 'KMS', () => fileDataKeys(freshFile()), () => kmsKeys()],
  ['a file', 'another file', () => fileDataKeys(freshFile()), () => fileDataKeys(freshFile())],
])("a secret sealed with a data key of %s can't be unsealed with one of %s", async (_, __, make, makeAnother) => {
  const sealed = await seal(secret, identity, make());

  await expect(unseal(sealed, identity, makeAnother())).rejects.toThrow(/^The ((stored )?data key|secret) /);
});

describe('kmsDataKeys', () => {
  const actions = () => kms.calls.map(({ action }) => action);

  it('requests a data key once in five minutes, even for concurrent calls', async () => {
    const clock = { at: noon };
    const dataKeys = kmsKeys(kmsKeyId, () => clock.at);

    const [first, ...others] = await Promise.all(Array.from({ length: 5 }, () => dataKeys.current()));
    expect(others.every((entry) => entry === first)).toBe(true);
    clock.at = secondsFromNoon(299);
    expect(await dataKeys.current()).toBe(first);
    expect(actions()).toEqual(['GenerateDataKey']);

    clock.at = secondsFromNoon(300);
    expect(await dataKeys.current()).not.toEqual(first);
    expect(actions()).toEqual(['GenerateDataKey', 'GenerateDataKey']);
  });

  it('unwraps each data key once in five minutes', async () => {
    const clock = { at: noon };
    const sealing = kmsKeys();
    const sealed = [await seal('1', identity, sealing), await seal('2', identity, kmsKeys())];
    const dataKeys = kmsKeys(kmsKeyId, () => clock.at);
    kms.calls.splice(0);
    const unsealAll = () => Promise.all([...sealed, ...sealed].map((entry) => unseal(entry, identity, dataKeys)));

    expect(await unsealAll()).toEqual(['1', '2', '1', '2']);
    clock.at = secondsFromNoon(299);
    await unsealAll();
    expect(actions()).toEqual(['Decrypt', 'Decrypt']);

    clock.at = secondsFromNoon(300);
    await unsealAll();
    expect(actions()).toHaveLength(4);
  });

  it('sends key id and encryption context in every call', async () => {
    const dataKeys = kmsKeys();
    await unseal(await seal(secret, identity, dataKeys), identity, dataKeys);

    const context = { service: 'image-share', purpose: 'access-keys' };
    expect(kms.calls).toEqual([
      { action: 'GenerateDataKey', call: { KeyId: kmsKeyId, KeySpec: 'AES_256', EncryptionContext: context } },
      { action: 'Decrypt', call: { KeyId: kmsKeyId, CiphertextBlob: expect.any(String), EncryptionContext: context } },
    ]);
  });

  it('throws Unavailable while KMS refuses, and tries again with the next call', async () => {
    const sealed = await seal(secret, identity, kmsKeys());
    const dataKeys = kmsKeys();
    kms.failure = 'ThrottlingException';

    await expect(seal(secret, identity, dataKeys)).rejects.toMatchObject({ code: 'Unavailable' });
    await expect(unseal(sealed, identity, dataKeys)).rejects.toMatchObject({ code: 'Unavailable' });
    await expect(kmsKeys('alias/another').current()).rejects.toMatchObject({ code: 'Unavailable' });

    kms.failure = undefined;
    expect(await unseal(sealed, identity, dataKeys)).toBe(secret);
    expect(await unseal(await seal(secret, identity, dataKeys), identity, dataKeys)).toBe(secret);
  });

  it("throws Unavailable if KMS can't be reached", async () => {
    const stoppedKms = await startKms(kmsKeyId);
    await stoppedKms.stop();
    const unreachable = new KMSClient({
      endpoint: stoppedKms.endpoint,
      region: 'us-east-1',
      credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
      maxAttempts: 1,
    });

    await expect(kmsDataKeys({ client: unreachable, keyId: kmsKeyId, now: () => noon }).current()).rejects.toMatchObject({
      code: 'Unavailable',
    });
  });

  it('refuses a data key that KMS reports as wrapped by another key', async () => {
    const sealed = await seal(secret, identity, kmsKeys());
    kms.failure = 'IncorrectKeyException';

    await expect(unseal(sealed, identity, kmsKeys())).rejects.toThrow("The stored data key can't be unwrapped");
  });
});

describe('fileDataKeys', () => {
  it('creates the file on first use, readable only by this user, without leftover files', async () => {
    const file = freshFile();
    const dataKeys = fileDataKeys(file);
    expect(readdirSync(folder)).not.toContain(file.split('/').at(-1));

    await dataKeys.current();

    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder).filter((name) => name.startsWith(file.split('/').at(-1) as string))).toHaveLength(1);
  });

  it('uses the key in the file', async () => {
    const file = freshFile();
    const sealed = await seal(secret, identity, fileDataKeys(file));
    const before = readFileSync(file, 'utf8');

    expect(await unseal(sealed, identity, fileDataKeys(file))).toBe(secret);
    expect(readFileSync(file, 'utf8')).toBe(before);
  });

  it('creates one key for concurrent starts', async () => {
    const file = freshFile();
    const instances = Array.from({ length: 20 }, () => fileDataKeys(file));

    const keys = await Promise.all(instances.map((dataKeys) => dataKeys.current()));

    expect(new Set(keys.map(({ plain }) => Buffer.from(plain).toString('hex'))).size).toBe(1);
  });

  it.each(['', '{', 'null', '[]', '{"key":1}', '{"key":"c2hvcnQ"}'])('refuses a file with the content %j', async (text) => {
    const file = freshFile();
    writeFileSync(file, text);

    await expect(fileDataKeys(file).current()).rejects.toThrow(`${file} doesn't contain a data key of 32 bytes`);
    expect(readFileSync(file, 'utf8')).toBe(text);
  });

  it("throws if the file can't be created, and tries again with the next call", async () => {
    const dataKeys = fileDataKeys(join(folder, 'none', 'key.json'));

    await expect(dataKeys.current()).rejects.toThrow('ENOENT');
    await expect(dataKeys.current()).rejects.toThrow('ENOENT');
  });

  it('refuses a wrapped key that is not its own marker, and says where it comes from', async () => {
    await expect(fileDataKeys(freshFile()).unwrap('d3JhcHBlZA')).rejects.toThrow('created while KMS_KEY_ID was set');
  });
});

describe('dataKeysOf', () => {
  it('uses KMS or a file', async () => {
    const file = freshFile();

    expect((await dataKeysOf({ kmsKeyId: undefined, file }, () => noon).current()).plain).toHaveLength(32);
    expect(dataKeysOf({ kmsKeyId, file: undefined }, () => noon)).toBeDefined();
  });

  it.each([
    [{ kmsKeyId: undefined, file: undefined }, 'neither is set'],
    [{ kmsKeyId: 'a', file: 'b' }, 'both are set'],
  ])('refuses %j', (settings, reason) => {
    expect(() => dataKeysOf(settings, () => noon)).toThrow(
      `Access keys require exactly one of KMS_KEY_ID and DATA_KEY_FILE; ${reason}.`,
    );
  });
});

describe('secretsWith', () => {
  it('requires data keys only when they are first needed', async () => {
    const secrets = secretsWith(() => dataKeysOf({ kmsKeyId: undefined, file: undefined }, () => noon));

    await expect(secrets.seal(secret, identity)).rejects.toThrow('neither is set');
  });

  it('seals and unseals', async () => {
    const dataKeys = fileDataKeys(freshFile());
    const secrets = secretsWith(() => dataKeys);

    expect(await secrets.unseal(await secrets.seal(secret, identity), identity)).toBe(secret);
  });
});
