/** What all products of API 3.0 answer alike. */
import type { WireErrors } from '../wire.ts';

/**
 * The codes that belong to every action. Sources: https://www.tencentcloud.com/document/product/1209/56023 and
 * https://cloud.tencent.com/document/product/1388/114322, where a key that is disabled is a key that is not found. Which code
 * a repeated request gets is not documented.
 */
export const errorsOfEveryAction = {
  authFailures: {
    'unknown-key': { code: 'AuthFailure.SecretIdNotFound', message: 'The SecretId is not found. Make sure that it is correct.' },
    'disabled-key': { code: 'AuthFailure.SecretIdNotFound', message: 'The SecretId is disabled.' },
    'wrong-signature': {
      code: 'AuthFailure.SignatureFailure',
      message: 'The provided credentials could not be validated. Please check your signature is correct.',
    },
    stale: {
      code: 'AuthFailure.SignatureExpire',
      message: 'The signature has expired: Timestamp and server time differ by more than five minutes.',
    },
    replayed: {
      code: 'AuthFailure.SignatureFailure',
      message: 'The same request was made before. Sign it anew, with another Nonce.',
    },
    'switched-off': {
      code: 'AuthFailure.UnauthorizedOperation',
      message: "The cloud's API is switched off in this installation.",
    },
  },
  noSuchAction: (action) => ({ code: 'InvalidAction', message: `There is no action ${shown(action)}.` }),
  missingRegion: { code: 'MissingParameter', message: 'The parameter Region is missing.' },
  unsupportedRegion: (region) => ({
    code: 'UnsupportedRegion',
    message: `The region ${shown(region)} is not supported.`,
  }),
  missingParameter: (name) => ({ code: 'MissingParameter', message: `The parameter ${shown(name)} is missing.` }),
  unknownParameter: (name) => ({ code: 'UnknownParameter', message: `The parameter ${shown(name)} is not known.` }),
} as const satisfies Partial<WireErrors>;

/** What an answer repeats of a request stays short. */
export const shown = (text: string): string => (text.length <= 128 ? text : `${text.slice(0, 128)}...`);

/**
 * Tells a wrong parameter: by the code that the product has for it, else as InvalidParameterValue. Parameters in lists are
 * named as `Ids.N`.
 */
export const wrongParameterBy =
  (codes: Readonly<Record<string, string>>): WireErrors['wrongParameter'] =>
  (name, reason) => {
    const generic = name.replaceAll(/\.\d+(?=\.|$)/g, '.N');
    const code = Object.hasOwn(codes, generic) ? codes[generic] : undefined;
    return { code: code ?? 'InvalidParameterValue', message: `The parameter ${shown(name)} ${reason}.` };
  };
