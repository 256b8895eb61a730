import { errorCodes } from '../../../lib/model/error.ts';
import { ucloudErrors } from '../../../lib/sdk/ucloud/errors.ts';

/** RetCodes by error code. Those from 8000 on are specific to UHost. */
const retCodes = {
  InvalidRequest: 230,
  Unauthenticated: 172,
  Forbidden: 299,
  NotOwner: 8956,
  ImageNotFound: 8956,
  InstanceNotFound: 8039,
  RegionNotFound: 230,
  AccountNotFound: 172,
  ProjectNotFound: 292,
  CopyJobNotFound: 161,
  KeyNotFound: 172,
  KeyQuotaExceeded: 8095,
  AddressBookFull: 8095,
  RouteNotFound: 161,
  ImageNotShareable: 8961,
  RecipientNotFound: 292,
  RecipientIsOwner: 8962,
  RecipientDoesNotAccept: 8300,
  RiskNotAcknowledged: 8300,
  ShareCapExceeded: 8095,
  ImageShared: 8300,
  ImageQuotaExceeded: 8095,
  ImageNotUsable: 8961,
  AccountInUse: 8300,
  AccountClosed: 172,
  IdempotencyKeyReused: 8300,
  PreconditionFailed: 8300,
  Internal: 130,
  Unavailable: 150,
} as const satisfies Record<(typeof errorCodes)[number], number>;

describe('RetCodes', () => {
  it.each(errorCodes)('has a RetCode for %s, with HTTP status 200', (code) => {
    expect(ucloudErrors.codes[code].code).toBe(String(retCodes[code]));
    expect(ucloudErrors.codes[code].status).toBeUndefined();
  });

  it.each([
    ['received.save', '8962'],
    ['cancel.instances-live', '8956'],
    ['delete.instances-live', '8956'],
    ['account.close', '172'],
  ] as const)('has a RetCode for the rule %s: %s', (rule, code) => {
    expect(ucloudErrors.rules[rule]).toMatchObject({ code });
  });

  it.each([
    ['unknown-key', '172', 'User Not Exists'],
    ['disabled-key', '172', 'The API key is disabled'],
    ['wrong-signature', '171', 'Signature VerifyAC Error'],
    ['stale', '171', 'Signature VerifyAC Error'],
    ['replayed', '171', 'Signature VerifyAC Error'],
    ['protocol-disabled', '299', "UCloud's protocol is disabled in this deployment"],
  ] as const)('has a RetCode for the authentication failure %s: %s', (reason, code, message) => {
    expect(ucloudErrors.authFailures[reason]).toEqual({ code, message });
  });

  it('uses the messages of UCloud for parameters, regions and actions', () => {
    expect(ucloudErrors.noSuchAction('Fly')).toEqual({ code: '161', message: 'Action [Fly] not found' });
    expect(ucloudErrors.missingRegion).toEqual({ code: '220', message: 'Missing params [Region]' });
    expect(ucloudErrors.missingParameter('ImageId')).toEqual({ code: '220', message: 'Missing params [ImageId]' });
    expect(ucloudErrors.wrongParameter('Limit', 'must be an integer')).toEqual({
      code: '230',
      message: 'Params [Limit] not available: must be an integer',
    });
    expect(ucloudErrors.codes.RegionNotFound).toEqual({
      code: '230',
      message: 'Params [Region] not available: is not a region of this deployment',
    });
    expect(ucloudErrors.unsupportedRegion('mars')).toEqual({
      code: '230',
      message: 'Params [Region] not available: mars is not a UCloud region of this deployment',
    });
    expect(ucloudErrors.unknownParameter('X')).toMatchObject({ code: '230' });
  });

  it.each(['Password', 'DiskPassword', 'UserData', 'UserDataScript'])('never repeats the value of %s', (name) => {
    expect(ucloudErrors.wrongParameter('Name', 'is wrong', 'a-value').message).toContain('a-value');
    expect(ucloudErrors.wrongParameter(name, 'is wrong', 'a-value').message).not.toContain('a-value');
  });

  it('repeats at most 64 characters of a request', () => {
    const long = 'x'.repeat(65_536);
    for (const { message = '' } of [
      ucloudErrors.noSuchAction(long),
      ucloudErrors.missingParameter(long),
      ucloudErrors.wrongParameter(long, 'is wrong'),
      ucloudErrors.unsupportedRegion(long),
    ]) {
      expect(message).toContain('x'.repeat(64));
      expect(message).not.toContain('x'.repeat(65));
    }
  });
});
