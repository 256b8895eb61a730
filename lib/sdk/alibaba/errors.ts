import type { WireError, WireErrors } from '../wire.ts';
import {
  accountNotFound,
  diskNotFound,
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
} from './error-codes.ts';

/** Codes for specific parameters, by parameter name without indices. */
const parameterErrors = new Map<string, string | WireError>(
  Object.entries({
    ImageId: imageNotFound,
    InstanceId: instanceNotFound,
    DiskId: diskNotFound,
    AddAccount: accountNotFound,
    RemoveAccount: accountNotFound,
    ImageName: 'InvalidImageName.Malformed',
    DestinationImageName: 'InvalidImageName.Malformed',
    Description: 'InvalidDescription.Malformed',
    DestinationDescription: 'InvalidDescription.Malformed',
    ImageOwnerAlias: 'InvalidImageOwnerAlias.ValueNotSupported',
    'Tag.Key': 'InvalidTagKey.Malformed',
    'Tag.Value': 'InvalidTagValue.Malformed',
  }),
);

function wrongParameter(name: string, reason: string): WireError {
  const error = parameterErrors.get(name.replace(/\.\d+/g, '')) ?? 'InvalidParameter';
  return typeof error === 'string' ? invalidParameter(name, reason, error) : error;
}

/**
 * Errors of ECS, including its misspellings.
 *
 * Sources: the error tables of ModifyImageSharePermission, DeleteImage, CopyImage, CreateImage, RunInstances and ReInitDisk in
 * the ECS API reference 2014-05-26; its common error codes (help.aliyun.com/document_detail/48054.html, developer.aliyun.com/
 * ask/209782). docs/clouds/alibaba.md lists the codes that were chosen because no table covers the case.
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
    KeyNotFound: keyNotFound,
    RouteNotFound: noSuchAction,
    ImageNotShareable: { code: 'IncorrectImageStatus', status: 400 },
    RecipientNotFound: accountNotFound,
    RecipientIsOwner: { code: 'InvalidAccount.Forbbiden', status: 404, message: 'The specified Account does not yourself.' },
    RiskNotAcknowledged: { code: 'OperationDenied', status: 403 },
    ShareCapExceeded: { code: 'QuotaExceed.ShareImageUser', status: 403, message: 'The shared Image user Quota exceeds.' },
    ImageShared: imageShared,
    KeyQuotaExceeded: { code: 'OperationDenied', status: 403 },
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
    'disabled-key': { code: 'InvalidAccessKeyId.Inactive', status: 400, message: 'Specified access key is disabled.' },
    'wrong-signature': {
      code: 'SignatureDoesNotMatch',
      status: 400,
      message: 'Specified signature is not matched with our calculation.',
    },
    stale: { code: 'InvalidTimeStamp.Expired', status: 400, message: 'Specified time stamp or date value is expired.' },
    replayed: { code: 'SignatureNonceUsed', status: 400, message: 'Specified signature nonce was used already.' },
    'protocol-disabled': { ...notAllowed, message: "Alibaba Cloud's protocol is disabled in this deployment." },
  },
  noSuchAction: () => noSuchAction,
  missingRegion: missingParameter('RegionId'),
  unsupportedRegion: () => regionNotFound,
  missingParameter,
  unknownParameter: (name) => invalidParameter(name, 'is not supported'),
  wrongParameter,
};
