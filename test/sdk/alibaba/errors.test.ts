import { type ErrorCode, errorCodes } from '../../../lib/model/error.ts';
import type { RuleSlug } from '../../../lib/model/rule-slug.ts';
import { catalog } from '../../../lib/rules/catalog.ts';
import { rpcDialect, v3Dialect } from '../../../lib/sdk/alibaba/protocol.ts';
import type { AuthFailure, WireError } from '../../../lib/sdk/wire.ts';

type CodeAndStatus = readonly [code: string, status: number];

const codes: Readonly<Record<ErrorCode, CodeAndStatus>> = {
  InvalidRequest: ['InvalidParameter', 400],
  Unauthenticated: ['Forbidden.RAM', 403],
  Forbidden: ['Forbidden.RAM', 403],
  NotOwner: ['InvalidImageId.NotFound', 404],
  ImageNotFound: ['InvalidImageId.NotFound', 404],
  InstanceNotFound: ['InvalidInstanceId.NotFound', 404],
  RegionNotFound: ['InvalidRegionId.NotFound', 404],
  AccountNotFound: ['Forbidden.RAM', 403],
  ProjectNotFound: ['Forbidden.RAM', 403],
  CopyJobNotFound: ['InvalidAction.NotFound', 404],
  KeyNotFound: ['InvalidAccessKeyId.NotFound', 404],
  RouteNotFound: ['InvalidAction.NotFound', 404],
  ImageNotShareable: ['IncorrectImageStatus', 400],
  RecipientNotFound: ['InvalidAccount.NotFound', 404],
  RecipientIsOwner: ['InvalidAccount.Forbbiden', 404],
  RecipientDoesNotAccept: ['OperationDenied', 403],
  RiskNotAcknowledged: ['OperationDenied', 403],
  ShareCapExceeded: ['QuotaExceed.ShareImageUser', 403],
  ImageShared: ['ImageUseShared', 403],
  ImageQuotaExceeded: ['QuotaExceed.Image', 403],
  KeyQuotaExceeded: ['OperationDenied', 403],
  AddressBookFull: ['OperationDenied', 403],
  ImageNotUsable: ['IncorrectImageStatus', 400],
  AccountInUse: ['OperationDenied', 403],
  AccountClosed: ['Forbidden.RAM', 403],
  IdempotencyKeyReused: ['IdempotentParameterMismatch', 400],
  PreconditionFailed: ['OperationConflict', 409],
  Internal: ['InternalError', 500],
  Unavailable: ['ServiceUnavailable', 503],
};

const rules: Readonly<Partial<Record<RuleSlug, CodeAndStatus>>> = {
  'share.encrypted': ['OperationDeined.EncryptedSnapshot', 403],
  'received.no-copy': ['OperationDenied.SameRegionOnly', 403],
  'received.save': ['InvalidImageId.NotFound', 404],
  'received.use': ['OperationDenied.ImageNotValid', 403],
  'owner.still-uses': ['OperationDenied.ImageNotValid', 403],
  'share.cross-product': ['OperationDenied.ImageNotValid', 403],
  'cancel.instances-live': ['InvalidDiskId.OperationNotSupported', 404],
  'delete.instances-live': ['InvalidDiskId.OperationNotSupported', 404],
};

const authFailures: Readonly<Record<AuthFailure, CodeAndStatus>> = {
  'unknown-key': ['InvalidAccessKeyId.NotFound', 404],
  'disabled-key': ['Forbidden.AccessKeyDisabled', 403],
  'wrong-signature': ['SignatureDoesNotMatch', 400],
  stale: ['InvalidTimeStamp.Expired', 400],
  replayed: ['SignatureNonceUsed', 400],
  'protocol-disabled': ['Forbidden.RAM', 403],
};

/** Returns code and status as they are on the wire. */
function wireErrorOf(error: WireError): CodeAndStatus {
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

  it.each(errorCodes)('have a code and a status for %s', (code) => {
    expect(wireErrorOf(errors.codes[code])).toEqual(codes[code]);
  });

  it.each(Object.entries(authFailures))('have a code and a status for the authentication failure %s', (reason, expected) => {
    expect(wireErrorOf(errors.authFailures[reason as AuthFailure])).toEqual(expected);
  });

  it('have more specific codes for some rules', () => {
    const ruleErrors = Object.entries(errors.rules).map(([rule, error]) => [rule, wireErrorOf(error as WireError)]);

    expect(Object.fromEntries(ruleErrors)).toEqual(rules);
  });

  it('are the same for an image of another owner as for a missing image, except for copies to another region', () => {
    for (const [rule, entry] of Object.entries(catalog)) {
      if ('refuses' in entry && entry.refuses[0] === 'NotOwner' && rule !== 'received.no-copy') {
        expect(errors.rules[rule as RuleSlug] ?? errors.codes.NotOwner).toEqual(errors.codes.ImageNotFound);
      }
    }
  });

  it.each<[string, () => WireError, CodeAndStatus, string]>([
    [
      'a missing parameter',
      () => errors.missingParameter('ImageId'),
      ['MissingParameter', 400],
      'The input parameter "ImageId" that is mandatory for processing this request is not supplied.',
    ],
    [
      'a missing region',
      () => errors.missingRegion,
      ['MissingParameter', 400],
      'The input parameter "RegionId" that is mandatory for processing this request is not supplied.',
    ],
    [
      'a region of another cloud',
      () => errors.unsupportedRegion('ap-guangzhou'),
      ['InvalidRegionId.NotFound', 404],
      'The specified RegionId does not exist. RegionId: "ap-guangzhou".',
    ],
    [
      'an unknown action',
      () => errors.noSuchAction('CreateSnapshot'),
      ['InvalidAction.NotFound', 404],
      'Specified api is not found, please check your url and method. Action: "CreateSnapshot".',
    ],
    [
      'an invalid account id',
      () => errors.wrongParameter('AddAccount.10', 'is wrong'),
      ['InvalidAccount.NotFound', 404],
      'The specified parameter "AddAccount.n" or "RemoveAccount.n" does not exist.',
    ],
    [
      'an invalid image id',
      () => errors.wrongParameter('ImageId', 'is wrong'),
      ['InvalidImageId.NotFound', 404],
      'The specified ImageId does not exist.',
    ],
    [
      'an invalid name',
      () => errors.wrongParameter('ImageName', 'must not be blank', ' '),
      ['InvalidImageName.Malformed', 400],
      'The specified parameter "ImageName" is not valid: it must not be blank. Value: " ".',
    ],
    [
      'an invalid usage, with a period after the message of the cloud',
      () => errors.wrongParameter('Usage', 'is wrong', 'some'),
      ['InvalidUsage', 404],
      'The specifed Usage is not valid. Usage: "some".',
    ],
    [
      'an invalid tag key',
      () => errors.wrongParameter('Tag.2.Key', 'is wrong'),
      ['InvalidTagKey.Malformed', 400],
      'The specified parameter "Tag.2.Key" is not valid: it is wrong.',
    ],
    [
      'any other invalid parameter',
      () => errors.wrongParameter('constructor', 'is wrong'),
      ['InvalidParameter', 400],
      'The specified parameter "constructor" is not valid: it is wrong.',
    ],
  ])('report %s', (_, errorOf, expected, message) => {
    expect(wireErrorOf(errorOf())).toEqual(expected);
    expect(errorOf().message).toBe(message);
  });

  it.each([
    ['x'.repeat(64), `"${'x'.repeat(64)}"`],
    ['x'.repeat(65), `"${'x'.repeat(63)}...`],
    [['a', 'b'], '["a","b"]'],
    ['two\nlines', '"two\\nlines"'],
  ])('quote the value %p in one line, and not all of a long one', (value, quoted) => {
    expect(errors.wrongParameter('Marker', 'is wrong', value).message).toBe(
      `The specified parameter "Marker" is not valid: it is wrong. Value: ${quoted}.`,
    );
  });
});
