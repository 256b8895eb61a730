import type { WireErrors } from '../wire.ts';
import {
  accountNotFound,
  diskNotFound,
  type EcsError,
  imageDoesNotServeDisk,
  imageNotFound,
  imageNotValid,
  imageShared,
  instanceNotFound,
  invalidParameter,
  keyNotFound,
  missingParameter,
  noSuchAction,
  notAllowed,
  regionNotFound,
  resourceGroupNotFound,
  resourceTypeNotFound,
  snapshotNotFound,
  taskNotFound,
  withValue,
} from './error-codes.ts';

/**
 * Codes for specific parameters, by parameter name without indices. Where a table gives a whole error, other actions can have
 * a different one for the same name: see oneOf in parameters.ts.
 */
const parameterErrors = new Map<string, string | EcsError>(
  Object.entries({
    ImageId: imageNotFound,
    InstanceId: instanceNotFound,
    DiskId: diskNotFound,
    TaskId: taskNotFound,
    AddAccount: accountNotFound,
    RemoveAccount: accountNotFound,
    AddGroup: 'InvalidGroup.Malformed',
    RemoveGroup: 'InvalidGroup.Malformed',
    ImageName: 'InvalidImageName.Malformed',
    DestinationImageName: 'InvalidImageName.Malformed',
    Description: 'InvalidDescription.Malformed',
    DestinationDescription: 'InvalidDescription.Malformed',
    ImageVersion: 'InvalidImageVersion.Malformed',
    Platform: 'InvalidPlatform.Malformed',
    Architecture: 'InvalidArchitecture.Malformed',
    OSType: 'InvalidOSType.Malformed',
    AutoReleaseTime: 'InvalidAutoReleaseTime.Malformed',
    ImageOwnerAlias: 'InvalidImageOwnerAlias.ValueNotSupported',
    InstanceType: 'InvalidInstanceType.ValueNotSupported',
    DiskType: 'InvalidDiskType.ValueNotSupported',
    Category: 'InvalidCategory.ValueNotSupported',
    SpotStrategy: 'InvalidSpotStrategy',
    'Tag.Key': 'InvalidTagKey.Malformed',
    'Tag.Value': 'InvalidTagValue.Malformed',
    ResourceGroupId: resourceGroupNotFound,
    ResourceType: resourceTypeNotFound,
    'DataDisk.SnapshotId': snapshotNotFound,
    KMSKeyId: { code: 'InvalidParameter.KMSKeyId.NotFound', status: 404, message: 'The specified KMSKeyId does not exist.' },
    Usage: { code: 'InvalidUsage', status: 404, message: 'The specifed Usage is not valid' },
    SnapshotType: { code: 'InvalidSnapshotType.NotFound', status: 404, message: 'The specfied SnapshotType is not found' },
    SourceDiskType: { code: 'InvalidSourceDiskType', status: 404, message: 'The specifed SourceDiskType is not valid' },
    LockReason: { code: 'InvalidLockReason.NotFound', status: 404, message: 'The specified LockReason is not found' },
    InstanceNetworkType: {
      code: 'InvalidNetworkType.NotFound',
      status: 404,
      message: 'The specified InstanceNetworkType is not found',
    },
    InstanceChargeType: {
      code: 'InvalidInstanceChargeType.NotFound',
      status: 404,
      message: 'The InstanceChargeType does not exist in our records',
    },
    InternetChargeType: {
      code: 'InvalidInternetChargeType.ValueNotSupported',
      status: 404,
      message: 'The specified InternetChargeType is not valid',
    },
    DiskChargeType: {
      code: 'InvalidDiskChargeType.NotFound',
      status: 404,
      message: 'The DiskChargeType does not exist in our records',
    },
    AcceptLanguage: {
      code: 'InvalidAcceptLanguage.NotFound',
      status: 404,
      message: 'Only Chinese (zh-CN), English (en-US), and Japanese (ja) are allowed.',
    },
  }),
);

function wrongParameter(name: string, reason: string, value?: unknown): EcsError {
  const error = parameterErrors.get(name.replace(/\.\d+/g, '')) ?? 'InvalidParameter';
  return typeof error === 'string' ? invalidParameter(name, reason, error, value) : withValue(error, name, value);
}

/**
 * Errors of ECS, including its misspellings.
 *
 * Sources: the error tables of the actions in the ECS API reference 2014-05-26 (github.com/AlibabaCloudDocs/ecs), its common
 * error codes ("Response results"), and those of the gateway (help.aliyun.com/document_detail/48054.html). docs/clouds/alibaba.md
 * lists the codes that were chosen because no table covers the case.
 */
export const ecsErrors: WireErrors = {
  codes: {
    InvalidRequest: { code: 'InvalidParameter', status: 400 },
    Unauthenticated: notAllowed,
    Forbidden: notAllowed,
    NotOwner: imageNotFound,
    ImageNotFound: imageNotFound,
    InstanceNotFound: instanceNotFound,
    RegionNotFound: regionNotFound,
    AccountNotFound: notAllowed,
    ProjectNotFound: notAllowed,
    CopyJobNotFound: noSuchAction,
    KeyNotFound: keyNotFound,
    RouteNotFound: noSuchAction,
    ImageNotShareable: { code: 'IncorrectImageStatus', status: 400 },
    RecipientNotFound: accountNotFound,
    RecipientIsOwner: { code: 'InvalidAccount.Forbbiden', status: 404, message: 'The specified Account does not yourself.' },
    RecipientDoesNotAccept: { code: 'OperationDenied', status: 403 },
    RiskNotAcknowledged: { code: 'OperationDenied', status: 403 },
    ShareCapExceeded: { code: 'QuotaExceed.ShareImageUser', status: 403, message: 'The shared Image user Quota exceeds.' },
    ImageShared: imageShared,
    KeyQuotaExceeded: { code: 'OperationDenied', status: 403 },
    AddressBookFull: { code: 'OperationDenied', status: 403 },
    ImageQuotaExceeded: { code: 'QuotaExceed.Image', status: 403, message: 'The Image Quota exceeds.' },
    ImageNotUsable: { code: 'IncorrectImageStatus', status: 400 },
    AccountInUse: { code: 'OperationDenied', status: 403 },
    AccountClosed: notAllowed,
    IdempotencyKeyReused: {
      code: 'IdempotentParameterMismatch',
      status: 400,
      message: 'The request is retried with updated parameters.',
    },
    PreconditionFailed: { code: 'OperationConflict', status: 409 },
    Internal: {
      code: 'InternalError',
      status: 500,
      message: 'The request processing has failed due to some unknown error, exception or failure.',
    },
    Unavailable: {
      code: 'ServiceUnavailable',
      status: 503,
      message: 'The request has failed due to a temporary failure of the server.',
    },
  },
  rules: {
    'share.encrypted': {
      code: 'OperationDeined.EncryptedSnapshot',
      status: 403,
      message: 'The image contains encrypted snapshots, which do not support share.',
    },
    'received.no-copy': {
      code: 'OperationDenied.SameRegionOnly',
      status: 403,
      message: 'The image shared from others can not be copied to another region directly.',
    },
    'received.save': imageNotFound,
    'received.use': imageNotValid,
    'owner.still-uses': imageNotValid,
    'share.cross-product': imageNotValid,
    'cancel.instances-live': imageDoesNotServeDisk,
    'delete.instances-live': imageDoesNotServeDisk,
  },
  authFailures: {
    'unknown-key': keyNotFound,
    'disabled-key': { code: 'Forbidden.AccessKeyDisabled', status: 403, message: 'The AccessKey is disabled.' },
    'wrong-signature': {
      code: 'SignatureDoesNotMatch',
      status: 400,
      message: 'Specified signature is not matched with our calculation.',
    },
    stale: { code: 'InvalidTimeStamp.Expired', status: 400, message: 'Specified time stamp or date value is expired.' },
    replayed: { code: 'SignatureNonceUsed', status: 400, message: 'Specified signature nonce was used already.' },
    'protocol-disabled': { ...notAllowed, message: "Alibaba Cloud's protocol is disabled in this deployment." },
  },
  noSuchAction: (action) => withValue(noSuchAction, 'Action', action),
  missingRegion: missingParameter('RegionId'),
  unsupportedRegion: (region) => withValue(regionNotFound, 'RegionId', region),
  missingParameter,
  unknownParameter: (name) => invalidParameter(name, 'is not supported'),
  wrongParameter,
};
