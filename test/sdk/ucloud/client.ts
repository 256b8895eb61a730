/** A small client of UCloud's API. */
import type { Fetch } from '../../support/client.ts';
import type { Key } from '../keys.ts';
import { type SentRequest, send } from '../wire-request.ts';
import { type Envelope, type Fields, parseEnvelope, type Shape, shapes } from './requests.ts';

/** Calls the API with one key, region, project, and request format. */
export class Client {
  readonly #fetch: Fetch;
  readonly #key: Key;
  readonly #common: Fields;
  readonly #shape: Shape;

  constructor(fetch: Fetch, key: Key, common: Fields = {}, shape: Shape = 'flattened JSON') {
    this.#fetch = fetch;
    this.#key = key;
    this.#common = common;
    this.#shape = shape;
  }

  get keyId(): string {
    return this.#key.keyId;
  }

  withShape(shape: Shape): Client {
    return new Client(this.#fetch, this.#key, this.#common, shape);
  }

  with(common: Fields): Client {
    return new Client(this.#fetch, this.#key, { ...this.#common, ...common }, this.#shape);
  }

  request(action: string, parameters: Fields = {}): SentRequest {
    return shapes[this.#shape]({ Action: action, ...this.#common, ...parameters }, this.#key);
  }

  /** Makes a call that can succeed or fail. */
  async call(action: string, parameters: Fields = {}): Promise<Envelope> {
    const envelope = parseEnvelope(await send(this.request(action, parameters), this.#fetch));
    if (envelope.Action !== `${action}Response`) {
      throw new Error(`The response to ${action} has the action ${envelope.Action}`);
    }
    return envelope;
  }

  /** Makes a call that must succeed. */
  async ok(action: string, parameters: Fields = {}): Promise<Envelope> {
    const envelope = await this.call(action, parameters);
    if (envelope.RetCode !== 0) {
      throw new Error(`${action} failed: ${envelope.RetCode} ${envelope.Message}`);
    }
    return envelope;
  }
}
