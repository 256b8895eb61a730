import type { WireErrors } from '../../wire.ts';
import { commonErrors, wrongParameterWith } from '../error-codes.ts';

/**
 * Errors of Lighthouse, which calls images blueprints. Source: the error codes of the SDK for Go
 * (github.com/TencentCloud/tencentcloud-sdk-go, lighthouse/v20200324/client.go and errors.go). docs/clouds/tencent.md lists the
 * codes that were chosen because the case is undocumented.
 */
export const lighthouseErrors: WireErrors = {
  ...commonErrors,
  codes: {
    InvalidRequest: { code: 'InvalidParameterValue' },
    Unauthenticated: { code: 'AuthFailure.SignatureFailure' },
    Forbidden: { code: 'UnauthorizedOperation.NoPermission' },
    NotOwner: { code: 'UnsupportedOperation.NotSupportSharedBlueprint' },
    ImageNotFound: { code: 'ResourceNotFound.BlueprintIdNotFound' },
    InstanceNotFound: { code: 'ResourceNotFound.InstanceIdNotFound' },
    RegionNotFound: { code: 'UnsupportedRegion' },
    AccountNotFound: { code: 'InvalidParameterValue.AccountIdsNotExist' },
    ProjectNotFound: { code: 'ResourceNotFound' },
    CopyJobNotFound: { code: 'InvalidAction' },
    KeyNotFound: { code: 'AuthFailure.SecretIdNotFound' },
    RouteNotFound: { code: 'InvalidAction' },
    ImageNotShareable: { code: 'InvalidParameterValue.InvalidBlueprintState' },
    RecipientNotFound: { code: 'InvalidParameterValue.AccountIdsNotExist' },
    RecipientIsOwner: { code: 'InvalidParameterValue.AccountIdSameWithUin' },
    RecipientDoesNotAccept: { code: 'FailedOperation.ShareBlueprintAcrossAccountFailed' },
    RiskNotAcknowledged: { code: 'FailedOperation.ShareBlueprintAcrossAccountFailed' },
    ShareCapExceeded: { code: 'LimitExceeded.ShareBlueprintAcrossAccountQuotaLimitExceeded' },
    ImageShared: { code: 'UnsupportedOperation.BlueprintOccupied' },
    ImageQuotaExceeded: { code: 'LimitExceeded.BlueprintQuotaLimitExceeded' },
    KeyQuotaExceeded: { code: 'LimitExceeded' },
    AddressBookFull: { code: 'LimitExceeded' },
    ImageNotUsable: { code: 'UnsupportedOperation.BlueprintCurStateInvalid' },
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
    'share.no-reshare': { code: 'ResourceNotFound.PrivateBlueprintNotFound' },
    'owner.cancels': { code: 'ResourceNotFound.PrivateBlueprintNotFound' },
    'received.privacy': { code: 'ResourceNotFound.PrivateBlueprintNotFound' },
    'share.data-disks': { code: 'InvalidParameterValue.InvalidBlueprintId' },
    'share.encrypted': { code: 'InvalidParameterValue.InvalidBlueprintId' },
  },
  wrongParameter: wrongParameterWith({
    BlueprintId: 'InvalidParameterValue.BlueprintIdMalformed',
    'BlueprintIds.N': 'InvalidParameterValue.BlueprintIdMalformed',
    ImageId: 'InvalidParameterValue.InvalidImageIdMalformed',
    'ImageIds.N': 'InvalidParameterValue.InvalidImageIdMalformed',
    'AccountIds.N': 'InvalidParameterValue.AccountIdsNotExist',
    Limit: 'InvalidParameterValue.OutOfRange',
    Offset: 'InvalidParameterValue.Negative',
  }),
};
