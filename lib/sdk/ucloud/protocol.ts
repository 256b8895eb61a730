import type { Dialect, Protocol } from '../wire.ts';
import { ucloudActions } from './actions.ts';
import { ucloudErrors } from './errors.ts';
import { read } from './request.ts';
import { failure, success } from './response.ts';

const uhost: Dialect = {
  actions: ucloudActions,
  errors: ucloudErrors,
  firstIndex: 0,
  read,
  success,
  failure,
};

/** UCloud's API. Its signatures have neither time nor nonce, so anyone who sees a request can replay it. */
export const ucloudProtocol: Protocol = { dialectOf: () => uhost };
