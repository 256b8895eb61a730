/** A KMS key behind the AWS KMS API, on the loopback interface. It generates data keys and decrypts its own. */
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

type Call = Readonly<Record<string, unknown>> & {
  readonly KeyId?: string;
  readonly CiphertextBlob?: string;
  readonly EncryptionContext?: Readonly<Record<string, string>>;
};

export interface LoopbackKms {
  readonly endpoint: string;
  /** Every call received, in order. */
  readonly calls: { readonly action: string; readonly call: Call }[];
  /** While set, every call fails with this error. */
  failure: string | undefined;
  readonly stop: () => Promise<void>;
}

const nonceBytes = 12;
const tagBytes = 16;

/** Wraps and unwraps data keys. The encryption context is authenticated with the ciphertext. */
class KmsKey {
  readonly #master = randomBytes(32);

  generate({ EncryptionContext }: Call) {
    const plain = randomBytes(32);
    const nonce = randomBytes(nonceBytes);
    const cipher = createCipheriv('aes-256-gcm', this.#master, nonce).setAAD(contextOf(EncryptionContext));
    const wrapped = Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
    return { Plaintext: plain.toString('base64'), CiphertextBlob: wrapped.toString('base64') };
  }

  decrypt({ CiphertextBlob = '', EncryptionContext }: Call) {
    const wrapped = Buffer.from(CiphertextBlob, 'base64');
    const decipher = createDecipheriv('aes-256-gcm', this.#master, wrapped.subarray(0, nonceBytes), { authTagLength: tagBytes })
      .setAAD(contextOf(EncryptionContext))
      .setAuthTag(wrapped.subarray(-tagBytes));
    const plain = Buffer.concat([decipher.update(wrapped.subarray(nonceBytes, -tagBytes)), decipher.final()]);
    return { Plaintext: plain.toString('base64') };
  }
}

const contextOf = (context: Call['EncryptionContext'] = {}): Buffer =>
  createHash('sha256')
    .update(JSON.stringify(Object.entries(context).sort()))
    .digest();

/** Starts a KMS that has only the key with this id. */
export async function startKms(keyId: string): Promise<LoopbackKms> {
  const key = new KmsKey();
  const calls: LoopbackKms['calls'] = [];
  const respondTo = (action: string, call: Call): object => {
    calls.push({ action, call });
    if (kms.failure !== undefined || call.KeyId !== keyId) {
      return { __type: kms.failure ?? 'NotFoundException', message: 'refused' };
    }
    try {
      return { KeyId: keyId, ...(action === 'GenerateDataKey' ? key.generate(call) : key.decrypt(call)) };
    } catch {
      return { __type: 'InvalidCiphertextException' };
    }
  };
  const server = createServer(async (request, response) => {
    const result = respondTo(String(request.headers['x-amz-target']).replace('TrentService.', ''), (await json(request)) as Call);
    response.writeHead('__type' in result ? 400 : 200, { 'content-type': 'application/x-amz-json-1.1' });
    response.end(JSON.stringify(result));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const kms: LoopbackKms = {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    failure: undefined,
    stop: async () => {
      const closed = once(server.close(), 'close');
      server.closeAllConnections();
      await closed;
    },
  };
  return kms;
}
