import type { WireErrors } from '../../wire.ts';
import { commonErrors, wrongParameterWith } from '../error-codes.ts';

/**
 * Errors of CVM. Source: the error codes that the SDK for Go lists for each action and describes
 * (github.com/TencentCloud/tencentcloud-sdk-go, cvm/v20170312/client.go and errors.go). `InvalidAccountIs` is the cloud's own
 * spelling. docs/clouds/tencent.md lists the codes that were chosen because the case is undocumented.
 */
export const cvmErrors: WireErrors = {
  ...commonErrors,
  codes: {
    InvalidRequest: { code: 'InvalidParameterValue' },
    Unauthenticated: { code: 'AuthFailure.SignatureFailure' },
    Forbidden: { code: 'AuthFailure.UnauthorizedOperation' },
    NotOwner: { code: 'UnauthorizedOperation.ImageNotBelongToAccount' },
    ImageNotFound: { code: 'InvalidImageId.NotFound' },
    InstanceNotFound: { code: 'InvalidInstanceId.NotFound' },
    RegionNotFound: { code: 'UnsupportedRegion' },
    AccountNotFound: { code: 'InvalidAccountId.NotFound' },
    ProjectNotFound: { code: 'InvalidProjectId.NotFound' },
    CopyJobNotFound: { code: 'InvalidAction' },
    KeyNotFound: { code: 'AuthFailure.SecretIdNotFound' },
    RouteNotFound: { code: 'InvalidAction' },
    ImageNotShareable: { code: 'InvalidParameterValue.InvalidImageState' },
    RecipientNotFound: { code: 'InvalidAccountId.NotFound' },
    RecipientIsOwner: { code: 'InvalidAccountIs.YourSelf' },
    RecipientDoesNotAccept: { code: 'FailedOperation.QImageShareFailed' },
    RiskNotAcknowledged: { code: 'FailedOperation' },
    ShareCapExceeded: { code: 'OverQuota' },
    ImageShared: { code: 'InvalidImageId.InShared' },
    ImageQuotaExceeded: { code: 'ImageQuotaLimitExceeded' },
    KeyQuotaExceeded: { code: 'LimitExceeded' },
    AddressBookFull: { code: 'LimitExceeded' },
    ImageNotUsable: { code: 'InvalidParameterValue.InvalidImageState' },
    AccountInUse: { code: 'FailedOperation' },
    AccountClosed: { code: 'UnauthorizedOperation' },
    IdempotencyKeyReused: {
      code: 'InvalidParameterValue',
      message: 'The ClientToken was used for a request with other parameters.',
    },
    PreconditionFailed: { code: 'ResourceInUse' },
    Internal: { code: 'InternalError' },
    // Terraform and Packer both retry this code.
    Unavailable: { code: 'ResourceInUse' },
  },
  rules: {
    'share.no-reshare': { code: 'UnauthorizedOperation.ImageNotBelongToAccount' },
    'share.data-disks': { code: 'InvalidParameter.InstanceImageNotSupport' },
    'share.encrypted': { code: 'UnsupportedOperation.EncryptedImagesNotSupported' },
    'share.cross-product': { code: 'InvalidParameterValue.InvalidImageForGivenInstanceType' },
    'received.read-only': { code: 'UnsupportedOperation.SharedImageModifyUnsupported' },
    'received.no-delete': { code: 'InvalidParameterValue.InvalidImageIdIsShared' },
    'received.no-copy': { code: 'InvalidParameterValue.InvalidImageId' },
    'received.save': { code: 'InvalidParameterValue.InvalidImageId' },
    'owner.deprecates': { code: 'InvalidImageId.IncorrectState' },
    'cancel.instances-live': { code: 'InvalidImageId.NotFound' },
    'delete.instances-live': { code: 'InvalidImageId.NotFound' },
  },
  wrongParameter: wrongParameterWith({
    ImageId: 'InvalidImageId.Malformed',
    'ImageIds.N': 'InvalidImageId.Malformed',
    InstanceId: 'InvalidInstanceId.Malformed',
    'InstanceIds.N': 'InvalidInstanceId.Malformed',
    'AccountIds.N': 'InvalidAccountId.NotFound',
    ImageUrl: 'InvalidParameter.InvalidParameterUrlError',
    LicenseType: 'InvalidParameterValue.InvalidLicenseType',
    BootMode: 'InvalidParameterValue.InvalidBootMode',
    ImageFamily: 'InvalidParameterValue.InvalidImageFamily',
    ClientToken: 'InvalidClientToken.TooLong',
    Limit: 'InvalidParameterValue.InvalidParameterValueLimit',
    Offset: 'InvalidParameterValueOffset',
  }),
};
