/** A small client of UCloud's API at the running service. */

import type { Key } from '../../sdk/keys.ts';
import { type Answered, envelopeIn, type Fields, type Shape, shapes } from '../../sdk/ucloud/requests.ts';
import { type SentRequest, send } from '../../sdk/wire-request.ts';
import { fetchFromService } from '../../support/api.ts';

/** Calls as one key, with one region and project, in one manner. */
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

  in(shape: Shape): Client {
    return new Client(this.#key, this.#common, shape);
  }

  with(common: Fields): Client {
    return new Client(this.#key, { ...this.#common, ...common }, this.#shape);
  }

  request(action: string, parameters: Fields = {}): SentRequest {
    return shapes[this.#shape]({ Action: action, ...this.#common, ...parameters }, this.#key);
  }

  /** Makes a call, whatever comes of it. */
  async call(action: string, parameters: Fields = {}): Promise<Answered> {
    const envelope = envelopeIn(await send(this.request(action, parameters), fetchFromService));
    if (envelope.Action !== `${action}Response`) {
      throw new Error(`${action} is answered as ${envelope.Action}`);
    }
    return envelope;
  }

  /** Makes a call that has to succeed. */
  async ok(action: string, parameters: Fields = {}): Promise<Answered> {
    const answer = await this.call(action, parameters);
    if (answer.RetCode !== 0) {
      throw new Error(`${action} was refused: ${answer.RetCode} ${answer.Message}`);
    }
    return answer;
  }
}
