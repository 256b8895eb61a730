import type { WireError, WireErrors } from '../wire.ts';

const code = (retCode: number, message?: string): WireError => ({
  code: String(retCode),
  ...(message !== undefined && { message }),
});

const imageNotYours = code(8956);
const imageNotReady = code(8961);
const sameProject = code(8962);
const quotaInsufficient = code(8095);
const noSuchProject = code(292);
const noSuchUser = code(172, 'User Not Exists');
const notAllowed = code(8300);

/** Limits what a message repeats from a request to 64 characters. */
const truncate = (text: string): string => text.slice(0, 64);

export const missingParameter = (name: string): WireError => code(220, `Missing params [${truncate(name)}]`);

/** Parameters whose values no message repeats. */
const secretParameters = new Set(['Password', 'UserData', 'UserDataScript', 'DiskPassword']);

/** The text up to the colon is UCloud's. */
export const wrongParameter = (name: string, reason: string, value?: unknown): WireError => {
  const isRepeated = ['string', 'number', 'boolean'].includes(typeof value) && !secretParameters.has(name);
  return code(
    230,
    `Params [${truncate(name)}] not available: ${reason}${isRepeated ? ` (got ${truncate(JSON.stringify(value))})` : ''}`,
  );
};

const notRun = 'hosts are recorded, not run';
const noNetworks = 'there are no networks';

/** Why the service doesn't have an action that image tools call. */
const absentActions: Readonly<Record<string, string>> = {
  StartUHostInstance: notRun,
  StopUHostInstance: notRun,
  PoweroffUHostInstance: notRun,
  RebootUHostInstance: notRun,
  ResetUHostInstancePassword: notRun,
  ResizeUHostInstance: notRun,
  ResizeAttachedDisk: notRun,
  ModifyUHostInstanceName: 'hosts have no names',
  ModifyUHostInstanceRemark: 'hosts have no remarks',
  ModifyUHostInstanceTag: 'hosts have no tags',
  DescribeUHostKeyPairs: 'there are no key pairs',
  DescribeIsolationGroup: 'there are no isolation groups',
  DescribeVPC: noNetworks,
  DescribeSubnet: noNetworks,
  DescribeFirewall: noNetworks,
  GrantFirewall: noNetworks,
  DescribeEIP: noNetworks,
  DescribeBucket: 'there is no object storage',
};

function noSuchAction(action: string): WireError {
  const reason = Object.hasOwn(absentActions, action) ? `: ${absentActions[action]}` : '';
  return code(161, `Action [${truncate(action)}] not found${reason}`);
}

/**
 * The RetCodes that UCloud publishes: below 300 in https://docs.ucloud.cn/api/summary/public, from 8000 on in
 * https://docs.ucloud.cn/api/uhost-api/error_code. Its tables are in Chinese, so most messages are the service's own. UCloud's
 * are "Signature VerifyAC Error" and "User Not Exists" (documentation of UIoT-Core), "Action [...] not found" (tests of the
 * SDKs), and "Missing params [...]" (220) and "Params [...] not available" (230), which users of the API quote.
 * docs/clouds/ucloud.md lists the codes that were chosen by analogy.
 */
export const ucloudErrors: WireErrors = {
  codes: {
    InvalidRequest: code(230),
    Unauthenticated: noSuchUser,
    Forbidden: code(299),
    NotOwner: imageNotYours,
    ImageNotFound: imageNotYours,
    InstanceNotFound: code(8039),
    RegionNotFound: wrongParameter('Region', 'is not a region of this deployment'),
    AccountNotFound: noSuchUser,
    ProjectNotFound: code(
      292,
      'Project not exists: ProjectId must be a project in GetProjectList. It defaults to the default project',
    ),
    CopyJobNotFound: code(161),
    KeyNotFound: noSuchUser,
    KeyQuotaExceeded: quotaInsufficient,
    AddressBookFull: quotaInsufficient,
    RouteNotFound: code(161),
    ImageNotShareable: imageNotReady,
    RecipientNotFound: noSuchProject,
    RecipientIsOwner: sameProject,
    RecipientDoesNotAccept: notAllowed,
    RiskNotAcknowledged: notAllowed,
    ShareCapExceeded: quotaInsufficient,
    ImageShared: notAllowed,
    ImageQuotaExceeded: quotaInsufficient,
    ImageNotUsable: imageNotReady,
    AccountInUse: notAllowed,
    AccountClosed: noSuchUser,
    IdempotencyKeyReused: notAllowed,
    PreconditionFailed: notAllowed,
    Internal: code(130),
    Unavailable: code(150),
  },
  rules: {
    'received.save': sameProject,
    'cancel.instances-live': imageNotYours,
    'delete.instances-live': imageNotYours,
    'account.close': noSuchUser,
  },
  authFailures: {
    'unknown-key': noSuchUser,
    'disabled-key': code(172, 'The API key is disabled'),
    'wrong-signature': code(171, 'Signature VerifyAC Error'),
    stale: code(171, 'Signature VerifyAC Error'),
    replayed: code(171, 'Signature VerifyAC Error'),
    'protocol-disabled': code(299, "UCloud's protocol is disabled in this deployment"),
  },
  noSuchAction,
  missingRegion: missingParameter('Region'),
  unsupportedRegion: (region) => wrongParameter('Region', `${truncate(region)} is not a UCloud region of this deployment`),
  missingParameter,
  unknownParameter: (name) => wrongParameter(name, 'is not supported'),
  wrongParameter,
};

export const systemDiskTooSmall = (sizeGiB: number, imageGiB: number): WireError =>
  code(8315, `The system disk of ${sizeGiB} GB is smaller than the image, which has ${imageGiB} GB`);
export const systemDiskTooLarge = (sizeGiB: number, imageGiB: number): WireError =>
  code(8316, `The system disk must have the size of the image, ${imageGiB} GB (got ${sizeGiB})`);

/** For a project ID that can't exist. */
export const projectNotFound = (name: string): WireError => code(292, `Project not exists: ${truncate(name)}`);
