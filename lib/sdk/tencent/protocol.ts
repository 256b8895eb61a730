import { type Dialect, type Protocol, ProviderError, type WireErrors } from '../wire.ts';
import { cbsActions } from './cbs/actions.ts';
import { cbsErrors } from './cbs/errors.ts';
import { cvmActions } from './cvm/actions.ts';
import { cvmErrors } from './cvm/errors.ts';
import { truncate } from './error-codes.ts';
import { legacyActions } from './legacy/actions.ts';
import { legacyErrors } from './legacy/errors.ts';
import { lighthouseActions } from './lighthouse/actions.ts';
import { lighthouseErrors } from './lighthouse/errors.ts';
import { regionFromShort } from './regions.ts';
import { actionOf, readCall, readV1, versionOf } from './request.ts';
import { envelope, legacyEnvelope } from './response.ts';
import { tagActions } from './tag/actions.ts';
import { tagErrors } from './tag/errors.ts';

/** Sources: https://www.tencentcloud.com/document/product/1209/56023 and https://cloud.tencent.com/document/api/213/6982. */
const clockWindowSeconds = 300;

const dialect = (actions: Dialect['actions'], errors: WireErrors): Dialect => ({
  actions,
  errors,
  clockWindowSeconds,
  firstIndex: 0,
  read: (request) => readCall(request, errors),
  ...envelope,
});

/**
 * The products by API version. The action alone is ambiguous: CVM and Lighthouse both have a ModifyImageSharePermission. Products
 * with the same version have different actions; the first is that of unknown actions.
 */
const products: Readonly<Record<string, readonly [Dialect, ...Dialect[]]>> = {
  '2017-03-12': [dialect(cvmActions, cvmErrors), dialect(cbsActions, cbsErrors)],
  '2018-08-13': [dialect(tagActions, tagErrors)],
  '2020-03-24': [dialect(lighthouseActions, lighthouseErrors)],
};

/** For calls with a missing or unsupported version. */
const unknownVersion: Dialect = {
  ...dialect({}, cvmErrors),
  read: (request) => {
    const version = versionOf(request);
    throw new ProviderError(
      version === undefined
        ? cvmErrors.missingParameter('Version')
        : { code: 'NoSuchVersion', message: `The version ${truncate(version)} does not exist.` },
    );
  },
};

/** API 2.0, whose calls have no version, and whose regions can have short names. */
const legacy: Dialect = {
  actions: legacyActions,
  errors: legacyErrors,
  clockWindowSeconds,
  firstIndex: 0,
  read: (request) => {
    const call = readV1(request, legacyErrors);
    return { ...call, region: call.region && regionFromShort(call.region) };
  },
  ...legacyEnvelope,
};

const legacyPath = '/v2/index.php';

/** CVM, CBS, Lighthouse, and the tag service in API 3.0, and the sharing of images in API 2.0. */
export const tencentProtocol: Protocol = {
  dialectOf: (request) => {
    const version = versionOf(request);
    if (version === undefined && request.path === legacyPath) {
      return legacy;
    }
    const candidates = version !== undefined && Object.hasOwn(products, version) ? products[version] : undefined;
    const action = actionOf(request) ?? '';
    return candidates?.find(({ actions }) => Object.hasOwn(actions, action)) ?? candidates?.[0] ?? unknownVersion;
  },
};
