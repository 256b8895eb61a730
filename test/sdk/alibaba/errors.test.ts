import { type ErrorCode, errorCodes } from '../../../lib/model/error.ts';
import type { RuleSlug } from '../../../lib/model/rule-slug.ts';
import { catalog } from '../../../lib/rules/catalog.ts';
import { rpcDialect, v3Dialect } from '../../../lib/sdk/alibaba/protocol.ts';
import type { AuthFailure, WireError } from '../../../lib/sdk/wire.ts';

type Told = readonly [code: string, status: number];

const codes: Readonly<Record<ErrorCode, Told>> = {
  InvalidRequest: ['InvalidParameter', 400],
  Unauthenticated: ['Forbidden.RAM', 403],
  Forbidden: ['Forbidden.RAM', 403],
  NotOwner: ['InvalidImageId.NotFound', 404],
  ImageNotFound: ['InvalidImageId.NotFound', 404],
  InstanceNotFound: ['InvalidInstanceId.NotFound', 404],
  RegionNotFound: ['InvalidRegionId.NotFound', 404],
  AccountNotFound: ['Forbidden.RAM', 403],
  ProjectNotFound: ['Forbidden.RAM', 403],
  KeyNotFound: ['InvalidAccessKeyId.NotFound', 404],
  RouteNotFound: ['InvalidAction.NotFound', 404],
  ImageNotShareable: ['IncorrectImageStatus', 400],
  RecipientNotFound: ['InvalidAccount.NotFound', 404],
  RecipientIsOwner: ['InvalidAccount.Forbbiden', 404],
  RiskNotAcknowledged: ['OperationDenied', 403],
  ShareCapExceeded: ['QuotaExceed.ShareImageUser', 403],
  ImageShared: ['ImageUseShared', 403],
  ImageQuotaExceeded: ['QuotaExceed.Image', 403],
  KeyQuotaExceeded: ['OperationDenied', 403],
  ImageNotUsable: ['IncorrectImageStatus', 400],
  AccountInUse: ['OperationDenied', 403],
  AccountClosed: ['Forbidden.RAM', 403],
  IdempotencyKeyReused: ['IdempotentParameterMismatch', 400],
  PreconditionFailed: ['OperationConflict', 409],
  Internal: ['InternalError', 500],
  Unavailable: ['ServiceUnavailable', 503],
};

const rules: Readonly<Partial<Record<RuleSlug, Told>>> = {
  'share.encrypted': ['OperationDeined.EncryptedSnapshot', 403],
  'received.no-copy': ['OperationDenied.SameRegionOnly', 403],
  'received.save': ['InvalidImageId.NotFound', 404],
  'received.use': ['OperationDenied.ImageNotValid', 403],
  'owner.still-uses': ['OperationDenied.ImageNotValid', 403],
  'share.cross-product': ['OperationDenied.ImageNotValid', 403],
  'cancel.instances-live': ['InvalidDiskId.OperationNotSupported', 404],
  'delete.instances-live': ['InvalidDiskId.OperationNotSupported', 404],
};

const authFailures: Readonly<Record<AuthFailure, Told>> = {
  'unknown-key': ['InvalidAccessKeyId.NotFound', 404],
  'disabled-key': ['InvalidAccessKeyId.Inactive', 400],
  'wrong-signature': ['SignatureDoesNotMatch', 400],
  stale: ['InvalidTimeStamp.Expired', 400],
  replayed: ['SignatureNonceUsed', 400],
  'switched-off': ['Forbidden.RAM', 403],
};

/** How an error is told over the wire. */
function toldOf(error: WireError): Told {
  const request = { method: 'POST', path: '/', query: '', headers: { host: 'h' }, body: Buffer.alloc(0) };
  const { status, body } = v3Dialect.failure(request, { error, message: error.message ?? 'ours', requestId: 'r' });
  const { Code, Message } = JSON.parse(body);
  expect(Message).not.toBe('');
  return [Code, status];
}

const { errors } = v3Dialect;

describe("Alibaba Cloud's errors", () => {
  it('are the same in both protocols', () => {
    expect(rpcDialect.errors).toBe(errors);
  });

  it.each(errorCodes)('tell %s by its code and status', (code) => {
    expect(toldOf(errors.codes[code])).toEqual(codes[code]);
  });

  it.each(Object.entries(authFailures))('tell a request that proves nothing, being %s, by its code and status', (why, told) => {
    expect(toldOf(errors.authFailures[why as AuthFailure])).toEqual(told);
  });

  it('tell some rules more exactly than by the code', () => {
    const told = Object.entries(errors.rules).map(([rule, error]) => [rule, toldOf(error as WireError)]);

    expect(Object.fromEntries(told)).toEqual(rules);
  });

  it('tell whoever does not own an image the same as of one that does not exist, but for copies elsewhere', () => {
    for (const [rule, said] of Object.entries(catalog)) {
      if ('refuses' in said && said.refuses[0] === 'NotOwner' && rule !== 'received.no-copy') {
        expect(errors.rules[rule as RuleSlug] ?? errors.codes.NotOwner).toEqual(errors.codes.ImageNotFound);
      }
    }
  });

  it.each<[string, WireError, Told, string]>([
    [
      'a parameter that is missing',
      errors.missingParameter('ImageId'),
      ['MissingParameter', 400],
      'The input parameter "ImageId" that is mandatory for processing this request is not supplied.',
    ],
    [
      'a region that is missing',
      errors.missingRegion,
      ['MissingParameter', 400],
      'The input parameter "RegionId" that is mandatory for processing this request is not supplied.',
    ],
    [
      'a region of another cloud',
      errors.unsupportedRegion('ap-guangzhou'),
      ['InvalidRegionId.NotFound', 404],
      'The specified RegionId does not exist.',
    ],
    [
      'an action that there is not',
      errors.noSuchAction('StopInstance'),
      ['InvalidAction.NotFound', 404],
      'Specified api is not found, please check your url and method.',
    ],
    [
      'an account that cannot be one',
      errors.wrongParameter('AddAccount.3', 'is wrong'),
      ['InvalidAccount.NotFound', 404],
      'The specified parameter "AddAccount.n" or "RemoveAccount.n" does not exist.',
    ],
    [
      "an image's id that cannot be one",
      errors.wrongParameter('ImageId', 'is wrong'),
      ['InvalidImageId.NotFound', 404],
      'The specified ImageId does not exist.',
    ],
    [
      'a name',
      errors.wrongParameter('ImageName', 'must not be blank'),
      ['InvalidImageName.Malformed', 400],
      'The specified parameter "ImageName" is not valid: it must not be blank.',
    ],
    [
      'the key of a tag',
      errors.wrongParameter('Tag.2.Key', 'is wrong'),
      ['InvalidTagKey.Malformed', 400],
      'The specified parameter "Tag.2.Key" is not valid: it is wrong.',
    ],
    [
      'any other parameter',
      errors.wrongParameter('constructor', 'is wrong'),
      ['InvalidParameter', 400],
      'The specified parameter "constructor" is not valid: it is wrong.',
    ],
  ])('tell of %s', (_, error, told, message) => {
    expect(toldOf(error)).toEqual(told);
    expect(error.message).toBe(message);
  });
});
