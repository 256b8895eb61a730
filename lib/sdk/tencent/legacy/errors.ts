import type { WireErrors } from '../../wire.ts';
import { shown } from '../error-codes.ts';

const wrong = (message: string) => ({ code: '4000', message });

/**
 * How API 2.0 tells refusals: by the numbers that all its products share. Source: https://cloud.tencent.com/document/api/213/6982.
 * 4000 is a wrong parameter, 4100 a wrong signature, 4101 and 4102 what the caller may not do, 4104 a key that is unknown or
 * disabled, 4300 an account that is barred, 4400 a quota, 4500 a repeated or late request, 5000 what does not exist, 5100 what
 * cannot be done, 6000 and 6200 trouble of the service, 6100 an action that the version has not. The codes of the products'
 * own, which stand before messages there, are not documented.
 */
export const legacyErrors: WireErrors = {
  codes: {
    InvalidRequest: { code: '4000' },
    Unauthenticated: { code: '4100' },
    Forbidden: { code: '4101' },
    NotOwner: { code: '4102' },
    ImageNotFound: { code: '5000' },
    InstanceNotFound: { code: '5000' },
    RegionNotFound: { code: '4000' },
    AccountNotFound: { code: '5000' },
    ProjectNotFound: { code: '5000' },
    KeyNotFound: { code: '4104' },
    RouteNotFound: { code: '6100' },
    ImageNotShareable: { code: '5100' },
    RecipientNotFound: { code: '4000' },
    RecipientIsOwner: { code: '4000' },
    RiskNotAcknowledged: { code: '5100' },
    ShareCapExceeded: { code: '4400' },
    ImageShared: { code: '5100' },
    ImageQuotaExceeded: { code: '4400' },
    KeyQuotaExceeded: { code: '4400' },
    ImageNotUsable: { code: '5100' },
    AccountInUse: { code: '5100' },
    AccountClosed: { code: '4300' },
    IdempotencyKeyReused: { code: '4000' },
    PreconditionFailed: { code: '5100' },
    Internal: { code: '6000' },
    Unavailable: { code: '6200' },
  },
  rules: {},
  authFailures: {
    'unknown-key': { code: '4104', message: 'The SecretId does not exist.' },
    'disabled-key': { code: '4104', message: 'The SecretId is disabled.' },
    'wrong-signature': { code: '4100', message: 'The signature is wrong.' },
    stale: { code: '4500', message: 'Timestamp and server time differ by more than five minutes.' },
    replayed: { code: '4500', message: 'The same request was made before. Sign it anew, with another Nonce.' },
    'switched-off': { code: '4101', message: "The cloud's API is switched off in this installation." },
  },
  noSuchAction: (action) => ({ code: '6100', message: `There is no action ${shown(action)}.` }),
  missingRegion: wrong('The parameter Region is missing.'),
  unsupportedRegion: (region) => wrong(`The region ${shown(region)} is not supported.`),
  missingParameter: (name) => wrong(`The parameter ${shown(name)} is missing.`),
  unknownParameter: (name) => wrong(`The parameter ${shown(name)} is not known.`),
  wrongParameter: (name, reason) => wrong(`The parameter ${shown(name)} ${reason}.`),
};
