import type { WireErrors } from '../../wire.ts';
import { truncate, wrongParameterText } from '../error-codes.ts';

const wrong = (message: string) => ({ code: '4000', message });

/**
 * Errors of API 2.0: numbers that all its products share. Source: https://cloud.tencent.com/document/api/213/6982. 4000 is an
 * invalid parameter, 4100 a wrong signature, 4101 and 4102 a missing permission, 4104 an unknown or disabled key, 4300 a blocked
 * account, 4400 an exceeded quota, 4500 a replayed or late request, 5000 a missing resource, 5100 an operation that isn't
 * possible, 6000 and 6200 a failure of the service, 6100 an unknown action. The products' own codes, which API 2.0 puts in front
 * of its messages, are undocumented.
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
    CopyJobNotFound: { code: '6100' },
    KeyNotFound: { code: '4104' },
    RouteNotFound: { code: '6100' },
    ImageNotShareable: { code: '5100' },
    RecipientNotFound: { code: '4000' },
    RecipientIsOwner: { code: '4000' },
    RecipientDoesNotAccept: { code: '5100' },
    RiskNotAcknowledged: { code: '5100' },
    ShareCapExceeded: { code: '4400' },
    ImageShared: { code: '5100' },
    ImageQuotaExceeded: { code: '4400' },
    KeyQuotaExceeded: { code: '4400' },
    AddressBookFull: { code: '4400' },
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
    'wrong-signature': { code: '4100', message: 'The signature does not match.' },
    stale: { code: '4500', message: 'Timestamp differs from the server time by more than five minutes.' },
    replayed: {
      code: '4500',
      message: 'The Nonce was used for another request, so this one counts as a replay. Sign it again with another Nonce.',
    },
    'protocol-disabled': { code: '4101', message: "Tencent Cloud's API is disabled in this deployment." },
  },
  noSuchAction: (action) => ({ code: '6100', message: `The action ${truncate(action)} does not exist.` }),
  missingRegion: wrong('The parameter Region is missing.'),
  unsupportedRegion: (region) => wrong(`The region ${truncate(region)} is not supported.`),
  missingParameter: (name) => wrong(`The parameter ${truncate(name)} is missing.`),
  unknownParameter: (name) => wrong(`The parameter ${truncate(name)} is not recognized.`),
  wrongParameter: (...invalid) => wrong(wrongParameterText(...invalid)),
};
