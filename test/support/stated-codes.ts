import { type Action, commonCodes } from '../../lib/app/action.ts';
import type { ErrorCode } from '../../lib/model/error.ts';

/** Throws where an action refuses with a code that it does not state, so that the OpenAPI document does not either. */
export function requireStated(action: Omit<Action, 'run'>, code: ErrorCode): void {
  if (![...action.refuses, ...commonCodes(action)].includes(code)) {
    throw new Error(`${action.name} refuses with ${code}, which it does not state`);
  }
}
