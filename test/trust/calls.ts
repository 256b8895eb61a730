/** Makes the model's calls on the service, and reduces responses to the answers of the model. */
import type { Action } from '../../lib/app/action.ts';
import type { Policy } from '../../lib/model/policy.ts';
import type { PolicyFixture } from '../support/builders.ts';
import type { Answer, Call } from './call.ts';
import { requestToChange } from './change-requests.ts';
import { type Fields, type Known, Names } from './names.ts';
import { requestToRead } from './read-requests.ts';

/** Makes a call for an account or, without one, for the compute platform. Returns the response, or the code of the refusal. */
type Send = (
  action: Action,
  fields: Fields & { readonly project?: string },
  account: string | undefined,
) => Promise<Record<string, unknown> | string>;

/** A service under test. */
export interface TestedService extends Known {
  readonly send: Send;
  readonly pass: (seconds: number) => Promise<void>;
  readonly cleanUp: () => Promise<void>;
}

/** A request of a call. */
export interface TestRequest {
  readonly action: Pick<Action, 'path'>;
  readonly fields: Fields;
  /** The field of the response that has a page of a list. */
  readonly list?: string;
  readonly answerOf: (response: Fields) => Answer;
}

/** The calls on one service, which numbers images and copy jobs as the model does. */
export class Calls {
  readonly #service: TestedService;
  readonly #fixture: PolicyFixture;
  readonly #names: Names;

  constructor(
    service: TestedService,
    fixture: PolicyFixture,
    names = new Names(fixture, service, [...accountsOf(fixture), 'nobody']),
  ) {
    this.#service = service;
    this.#fixture = fixture;
    this.#names = names;
  }

  /** The same images and jobs, by another way to the service. */
  by(service: TestedService): Calls {
    return new Calls(service, this.#fixture, this.#names);
  }

  /** The same images and jobs, which are numbered independently from now on. */
  copy(): Calls {
    return new Calls(this.#service, this.#fixture, this.#names.copy());
  }

  readonly answer = async (call: Call): Promise<Answer> => {
    switch (call.do) {
      case 'pass':
        await this.#service.pass(call.seconds);
        return {};
      case 'clean-up':
        await this.#service.cleanUp();
        return {};
      case 'check':
      case 'get':
      case 'shares':
      case 'list':
      case 'all-shares':
      case 'recipients':
      case 'jobs':
      case 'get-job':
        return this.#send(requestToRead(call, this.#names), call.by);
      default:
        return this.#send(requestToChange(call, this.#names), 'by' in call ? call.by : undefined);
    }
  };

  /** Sends a request, and those for the other pages of a list. */
  async #send({ action, fields, list, answerOf }: TestRequest, by: string | undefined): Promise<Answer> {
    const pages: unknown[] = [];
    for (let cursor: unknown; ; ) {
      const response = await this.#service.send(action as Action, { ...fields, ...(cursor !== undefined && { cursor }) }, by);
      if (typeof response === 'string') {
        return response;
      }
      if (list === undefined) {
        return answerOf(response);
      }
      pages.push(...(response[list] as unknown[]));
      cursor = response['nextCursor'];
      if (cursor === undefined) {
        return answerOf({ [list]: pages });
      }
    }
  }
}

/** The accounts that make calls. */
export const accounts = ['owner', 'a', 'b', 'c', 'd'] as const;

/** All accounts that exist. Those that make no calls are there to receive all shares but two that an image can have. */
export const accountsOf = ({ policy }: PolicyFixture): string[] => [...accounts, ...fillersOf(policy)];

const fillersOf = ({ recipientsPerImageMax }: Policy): string[] =>
  Array.from({ length: recipientsPerImageMax - 2 }, (_, index) => `filler${index}`);

/** Creates an image that can have two more recipients. */
export const anImage = ({ policy }: PolicyFixture): Call[] => {
  const fillers = fillersOf(policy);
  const fill: Call = { do: 'share', by: 'owner', image: 0, to: fillers, ends: undefined, acknowledges: true };
  return [{ do: 'import', by: 'owner', state: 'available' }, ...(fillers.length > 0 ? [fill] : [])];
};
