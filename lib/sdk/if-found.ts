import { ActionError, type ErrorCode } from '../model/error.ts';

/** Returns the result of a call, or undefined if it fails with the error `notFound`. */
export async function ifFound<Result>(notFound: ErrorCode, call: () => Promise<Result>): Promise<Result | undefined> {
  try {
    return await call();
  } catch (failure) {
    if (failure instanceof ActionError && failure.code === notFound) {
      return undefined;
    }
    throw failure;
  }
}
