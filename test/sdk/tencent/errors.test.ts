import { readFileSync } from 'node:fs';
import { type ErrorCode, errorCodes } from '../../../lib/model/error.ts';
import type { RuleSlug } from '../../../lib/model/rule-slug.ts';
import { tencentProtocol } from '../../../lib/sdk/tencent/protocol.ts';
import type { Dialect, WireRequest } from '../../../lib/sdk/wire.ts';

const request = (version: string | undefined, action = 'DescribeImages'): WireRequest => ({
  method: 'POST',
  path: version === undefined ? '/v2/index.php' : '/',
  query: '',
  headers: version === undefined ? {} : { 'x-tc-action': action, 'x-tc-version': version },
  body: Buffer.alloc(0),
});

const codeForm = /^[A-Z][A-Za-z]+(\.[A-Z][A-Za-z]+)?$/;
const dialects: readonly [string, Dialect, RegExp][] = [
  ['CVM', tencentProtocol.dialectOf(request('2017-03-12')), codeForm],
  ['Lighthouse', tencentProtocol.dialectOf(request('2020-03-24')), codeForm],
  ['CBS', tencentProtocol.dialectOf(request('2017-03-12', 'DescribeSnapshots')), codeForm],
  ['tag service', tencentProtocol.dialectOf(request('2018-08-13')), codeForm],
  ['API 2.0', tencentProtocol.dialectOf(request(undefined)), /^[456]\d{3}$/],
];
const [cvm, lighthouse, cbs, tag, legacy] = dialects.map(([, dialect]) => dialect) as [
  Dialect,
  Dialect,
  Dialect,
  Dialect,
  Dialect,
];

/** Codes that blame the service. Bad input must never cause one. */
const internalErrorCode = /^(InternalError|6000|6200)/;

/**
 * What both tools retry. Sources: terraform-provider-tencentcloud, tencentcloud/common/common.go, and
 * packer-plugin-tencentcloud, builder/tencentcloud/cvm/common.go.
 */
const retriedByTerraformAndPacker = /^(ResourceInUse|ResourceBusy|RequestLimitExceeded)$/;

describe.each(dialects)('errors of %s', (_, { errors }, form) => {
  test.each(errorCodes)('have a code for %s', (code) => {
    expect(errors.codes[code].code).toMatch(form);
    expect(errors.codes[code].status).toBeUndefined();
  });

  it('have a code for every rule that has one of its own', () => {
    for (const { code } of Object.values(errors.rules)) {
      expect(code).toMatch(form);
    }
  });

  it('blame the service only for its own failures', () => {
    const blaming = errorCodes.filter((code) => internalErrorCode.test(errors.codes[code].code));
    expect(blaming).toEqual(errors === legacy.errors ? ['Internal', 'Unavailable'] : ['Internal']);
    expect(Object.values(errors.rules).filter(({ code }) => internalErrorCode.test(code))).toEqual([]);
  });

  it('have a code for every authentication failure', () => {
    for (const { code, message } of Object.values(errors.authFailures)) {
      expect(code).toMatch(form);
      expect(message).toMatch(/\.$/);
    }
  });

  it('truncate text from the request', () => {
    const long = 'x'.repeat(5_000);
    const { noSuchAction, unsupportedRegion, missingParameter, unknownParameter } = errors;
    const wireErrors = [noSuchAction, unsupportedRegion, missingParameter, unknownParameter].map((error) => error(long));
    expect(wireErrors.every(({ message = '' }) => message.length < 200)).toBe(true);
  });

  it('repeat up to 128 characters of the request', () => {
    expect(errors.unknownParameter('x'.repeat(128)).message).toContain(` ${'x'.repeat(128)} `);
    expect(errors.unknownParameter('x'.repeat(129)).message).toContain(` ${'x'.repeat(128)}... `);
  });

  it('show a wrong value, if there is one', () => {
    expect(errors.wrongParameter('Limit', 'must be an integer', 'many').message).toBe(
      'The parameter Limit must be an integer, but is "many".',
    );
    expect(errors.wrongParameter('Nonce', 'must be an integer').message).toBe('The parameter Nonce must be an integer.');
  });
});

describe.each(dialects.slice(0, -1))('busy responses of %s', (_, { errors }) => {
  it('have a code that Terraform and Packer retry, which no other error has', () => {
    const retried = errorCodes.filter((code) => retriedByTerraformAndPacker.test(errors.codes[code].code));
    expect(retried).toEqual(['PreconditionFailed', 'Unavailable']);
    const others = [...Object.values(errors.rules), ...Object.values(errors.authFailures)].map(({ code }) => code);
    expect(others.filter((code) => retriedByTerraformAndPacker.test(code))).toEqual([]);
  });
});

describe('documented codes', () => {
  it.each<[string, Dialect, Readonly<Record<string, string>>]>([
    [
      'CVM',
      cvm,
      {
        ImageId: 'InvalidImageId.Malformed',
        ImageIds: 'InvalidParameterValue',
        'ImageIds.0': 'InvalidImageId.Malformed',
        'ImageIds.10': 'InvalidImageId.Malformed',
        InstanceId: 'InvalidInstanceId.Malformed',
        'InstanceIds.1': 'InvalidInstanceId.Malformed',
        'AccountIds.2': 'InvalidAccountId.NotFound',
        ImageUrl: 'InvalidParameter.InvalidParameterUrlError',
        LicenseType: 'InvalidParameterValue.InvalidLicenseType',
        BootMode: 'InvalidParameterValue.InvalidBootMode',
        ImageFamily: 'InvalidParameterValue.InvalidImageFamily',
        ClientToken: 'InvalidClientToken.TooLong',
        Limit: 'InvalidParameterValue.InvalidParameterValueLimit',
        Offset: 'InvalidParameterValueOffset',
      },
    ],
    [
      'Lighthouse',
      lighthouse,
      {
        BlueprintId: 'InvalidParameterValue.BlueprintIdMalformed',
        'BlueprintIds.0': 'InvalidParameterValue.BlueprintIdMalformed',
        ImageId: 'InvalidParameterValue.InvalidImageIdMalformed',
        'ImageIds.0': 'InvalidParameterValue.InvalidImageIdMalformed',
        'AccountIds.0': 'InvalidParameterValue.AccountIdsNotExist',
        Limit: 'InvalidParameterValue.OutOfRange',
        Offset: 'InvalidParameterValue.Negative',
      },
    ],
    ['CBS', cbs, { Limit: 'InvalidParameterValue', 'SnapshotIds.0': 'InvalidParameterValue' }],
    [
      'the tag service',
      tag,
      {
        Resource: 'InvalidParameterValue.ResourceDescriptionError',
        'ResourceList.0': 'InvalidParameterValue.ResourceDescriptionError',
        'ResourceIds.0': 'InvalidParameterValue.ResourceIdInvalid',
        ResourceRegion: 'InvalidParameterValue.RegionInvalid',
        ServiceType: 'InvalidParameterValue.ServiceTypeInvalid',
        ResourcePrefix: 'InvalidParameterValue.ResourcePrefixInvalid',
        CreateUin: 'InvalidParameterValue.UinInvalid',
        Offset: 'InvalidParameterValue.OffsetInvalid',
        PaginationToken: 'InvalidParameter.PaginationTokenInvalid',
      },
    ],
    ['API 2.0', legacy, { imageId: '4000', 'uinList.0': '4000' }],
  ])('match for invalid parameters of %s', (_, { errors }, expected) => {
    const codeOf = (name: string) => errors.wrongParameter(name, 'is wrong', 'x').code;
    expect(Object.fromEntries(Object.keys(expected).map((name) => [name, codeOf(name)]))).toEqual(expected);
  });

  test.each<[Partial<Record<RuleSlug, string>>, Dialect]>([
    [
      {
        'share.no-reshare': 'UnauthorizedOperation.ImageNotBelongToAccount',
        'share.data-disks': 'InvalidParameter.InstanceImageNotSupport',
        'share.encrypted': 'UnsupportedOperation.EncryptedImagesNotSupported',
        'received.read-only': 'UnsupportedOperation.SharedImageModifyUnsupported',
        'received.no-delete': 'InvalidParameterValue.InvalidImageIdIsShared',
      },
      cvm,
    ],
    [{ 'share.no-reshare': 'ResourceNotFound.PrivateBlueprintNotFound' }, lighthouse],
  ])('match for rules: %o', (expected, { errors }) => {
    for (const [rule, code] of Object.entries(expected)) {
      expect([rule, errors.rules[rule as RuleSlug]?.code]).toEqual([rule, code]);
    }
  });

  test.each<[Partial<Record<ErrorCode, string>>, Dialect]>([
    [
      {
        ImageNotFound: 'InvalidImageId.NotFound',
        RecipientNotFound: 'InvalidAccountId.NotFound',
        RecipientIsOwner: 'InvalidAccountIs.YourSelf',
        RecipientDoesNotAccept: 'FailedOperation.QImageShareFailed',
        ShareCapExceeded: 'OverQuota',
        ImageShared: 'InvalidImageId.InShared',
        ImageQuotaExceeded: 'ImageQuotaLimitExceeded',
      },
      cvm,
    ],
    [
      {
        ImageNotFound: 'ResourceNotFound.BlueprintIdNotFound',
        RecipientNotFound: 'InvalidParameterValue.AccountIdsNotExist',
        RecipientIsOwner: 'InvalidParameterValue.AccountIdSameWithUin',
        RecipientDoesNotAccept: 'FailedOperation.ShareBlueprintAcrossAccountFailed',
        ShareCapExceeded: 'LimitExceeded.ShareBlueprintAcrossAccountQuotaLimitExceeded',
      },
      lighthouse,
    ],
    [{ ImageNotFound: '5000', NotOwner: '4102', ShareCapExceeded: '4400', RecipientNotFound: '4000' }, legacy],
  ])('match for error codes: %o', (expected, { errors }) => {
    for (const [code, wire] of Object.entries(expected)) {
      expect([code, errors.codes[code as ErrorCode].code]).toEqual([code, wire]);
    }
  });
});

describe('envelopes', () => {
  const requestId = '7d5f7e3c-5b0a-4a3e-9d2e-0f6b1a2c3d4e';
  const golden = (name: string) => JSON.parse(readFileSync(new URL(`./golden/${name}.json`, import.meta.url), 'utf8'));
  const envelopes: readonly [string, Dialect][] = [
    ['cvm', cvm],
    ['lighthouse', lighthouse],
    ['legacy', legacy],
  ];

  test.each(envelopes)('match the golden file for a success: %s', (name, dialect) => {
    const response = dialect.success(request(undefined), { action: 'X', fields: golden(`${name}-fields`), requestId });
    expect({ ...response, body: JSON.parse(response.body) }).toEqual({
      status: 200,
      headers: { 'content-type': 'application/json' },
      body: golden(`${name}-success`),
    });
  });

  it('have a codeDesc for every code of API 2.0', () => {
    const { codes, authFailures, noSuchAction } = legacy.errors;
    const all = [...Object.values(codes), ...Object.values(authFailures), noSuchAction('x')];
    const bodies = all.map((error) => JSON.parse(legacy.failure(request(undefined), { error, message: 'm', requestId }).body));
    expect(bodies.filter(({ codeDesc }) => !/^[A-Z][A-Za-z]+$/.test(codeDesc))).toEqual([]);
  });

  test.each(envelopes)('match the golden file for an error: %s', (name, dialect) => {
    const error = dialect.errors.codes.ImageNotFound;
    const response = dialect.failure(request(undefined), { error, message: 'There is no such image.', requestId });
    expect({ ...response, body: JSON.parse(response.body) }).toEqual({
      status: 200,
      headers: { 'content-type': 'application/json' },
      body: golden(`${name}-failure`),
    });
  });
});
