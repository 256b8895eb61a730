/** Errors that all products of API 3.0 share. */
import { ActionError, type ErrorCode, textOf } from '../../model/error.ts';
import { ProviderError, type WireErrors } from '../wire.ts';

/**
 * The error codes of every action. Sources: https://www.tencentcloud.com/document/product/1209/56023 and
 * https://cloud.tencent.com/document/product/1388/114322, which reports a disabled key as not found. The code of a replayed
 * request is undocumented.
 */
export const commonErrors = {
  authFailures: {
    'unknown-key': { code: 'AuthFailure.SecretIdNotFound', message: 'The SecretId was not found. Make sure that it is correct.' },
    'disabled-key': { code: 'AuthFailure.SecretIdNotFound', message: 'The SecretId is disabled.' },
    'wrong-signature': {
      code: 'AuthFailure.SignatureFailure',
      message: 'The provided credentials could not be validated. Please check your signature is correct.',
    },
    stale: {
      code: 'AuthFailure.SignatureExpire',
      message: 'The signature has expired: Timestamp differs from the server time by more than five minutes.',
    },
    replayed: {
      code: 'AuthFailure.SignatureFailure',
      message: 'The Nonce was used for another request, so this one counts as a replay. Sign it again with another Nonce.',
    },
    'protocol-disabled': {
      code: 'AuthFailure.UnauthorizedOperation',
      message: "Tencent Cloud's API is disabled in this deployment.",
    },
  },
  noSuchAction: (action) => ({ code: 'InvalidAction', message: `The action ${truncate(action)} does not exist.` }),
  missingRegion: { code: 'MissingParameter', message: 'The parameter Region is missing.' },
  unsupportedRegion: (region) => ({
    code: 'UnsupportedRegion',
    message: `The region ${truncate(region)} is not supported.`,
  }),
  missingParameter: (name) => ({ code: 'MissingParameter', message: `The parameter ${truncate(name)} is missing.` }),
  unknownParameter: (name) => ({ code: 'UnknownParameter', message: `The parameter ${truncate(name)} is not recognized.` }),
} as const satisfies Partial<WireErrors>;

/** Limits what a message repeats from a request to 128 characters. */
export const truncate = (text: string): string => (text.length <= 128 ? text : `${text.slice(0, 128)}...`);

/** Describes an invalid value, such as `The parameter Limit must be from 1 to 100, but is 101.` */
export const wrongParameterText: (...wrong: Parameters<WireErrors['wrongParameter']>) => string = (name, reason, value) =>
  `The parameter ${truncate(name)} ${reason}${value === undefined ? '' : `, but is ${truncate(JSON.stringify(value))}`}.`;

/** Uses the product's codes, by parameter name, or else InvalidParameterValue. List entries are named `Ids.N`. */
export const wrongParameterWith =
  (codes: Readonly<Record<string, string>>): WireErrors['wrongParameter'] =>
  (name, reason, value) => {
    const generic = name.replaceAll(/\.\d+/g, '.N');
    const code = Object.hasOwn(codes, generic) ? codes[generic] : undefined;
    return { code: code ?? 'InvalidParameterValue', message: wrongParameterText(name, reason, value) };
  };

/** Runs the body of an action that reports some errors with other codes than the rest of its product. */
export async function mapErrorCodes<Result>(
  codes: Readonly<Partial<Record<ErrorCode, string>>>,
  run: () => Promise<Result>,
): Promise<Result> {
  try {
    return await run();
  } catch (failure) {
    const code = failure instanceof ActionError ? codes[failure.code] : undefined;
    throw code === undefined ? failure : new ProviderError({ code, message: textOf((failure as ActionError).details) });
  }
}
