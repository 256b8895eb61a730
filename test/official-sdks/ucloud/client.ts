/** A small client of UCloud's API for the running service. */
import type { Key } from '../../sdk/keys.ts';
import { type Envelope, type Fields, parseEnvelope, type Shape, shapes } from '../../sdk/ucloud/requests.ts';
import { type SentRequest, send } from '../../sdk/wire-request.ts';
import { fetchFromService } from '../../support/api.ts';

/** Calls the API with one key, region, project, and request format. */
export class Client {
  readonly #key: Key;
  readonly #common: Fields;
  readonly #shape: Shape;

  constructor(key: Key, common: Fields = {}, shape: Shape = 'flattened JSON') {
    this.#key = key;
    this.#common = common;
    this.#shape = shape;
  }

  get keyId(): string {
    return this.#key.keyId;
  }

  withShape(shape: Shape): Client {
    return new Client(this.#key, this.#common, shape);
  }

  with(common: Fields): Client {
    return new Client(this.#key, { ...this.#common, ...common }, this.#shape);
  }

  request(action: string, parameters: Fields = {}): SentRequest {
    return shapes[this.#shape]({ Action: action, ...this.#common, ...parameters }, this.#key);
  }

  /** Makes a call that can succeed or fail. */
  async call(action: string, parameters: Fields = {}): Promise<Envelope> {
    const envelope = parseEnvelope(await send(this.request(action, parameters), fetchFromService));
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
