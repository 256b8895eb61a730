import type { WireErrors } from '../../wire.ts';
import { errorsOfEveryAction, wrongParameterBy } from '../error-codes.ts';

/**
 * How Lighthouse tells refusals: an image is a blueprint there. Source: the error codes of the SDK for Go
 * (github.com/TencentCloud/tencentcloud-sdk-go, lighthouse/v20200324/client.go and errors.go). What docs/clouds/tencent.md
 * names is chosen, since no document says it.
 */
export const lighthouseErrors: WireErrors = {
  ...errorsOfEveryAction,
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
    KeyNotFound: { code: 'AuthFailure.SecretIdNotFound' },
    RouteNotFound: { code: 'InvalidAction' },
    ImageNotShareable: { code: 'InvalidParameterValue.InvalidBlueprintState' },
    RecipientNotFound: { code: 'InvalidParameterValue.AccountIdsNotExist' },
    RecipientIsOwner: { code: 'InvalidParameterValue.AccountIdSameWithUin' },
    RiskNotAcknowledged: { code: 'FailedOperation.ShareBlueprintAcrossAccountFailed' },
    ShareCapExceeded: { code: 'LimitExceeded.ShareBlueprintAcrossAccountQuotaLimitExceeded' },
    ImageShared: { code: 'UnsupportedOperation.BlueprintOccupied' },
    ImageQuotaExceeded: { code: 'LimitExceeded.BlueprintQuotaLimitExceeded' },
    KeyQuotaExceeded: { code: 'LimitExceeded' },
    ImageNotUsable: { code: 'UnsupportedOperation.BlueprintCurStateInvalid' },
    AccountInUse: { code: 'FailedOperation' },
    AccountClosed: { code: 'UnauthorizedOperation' },
    IdempotencyKeyReused: {
      code: 'InvalidParameterValue',
      message: 'The ClientToken was used for a request with other parameters.',
    },
    PreconditionFailed: { code: 'OperationDenied.BlueprintOperationInProgress' },
    Internal: { code: 'InternalError' },
    Unavailable: { code: 'ResourceUnavailable' },
  },
  rules: {
    'share.no-reshare': { code: 'ResourceNotFound.PrivateBlueprintNotFound' },
    'owner.cancels': { code: 'ResourceNotFound.PrivateBlueprintNotFound' },
    'received.privacy': { code: 'ResourceNotFound.PrivateBlueprintNotFound' },
    'share.data-disks': { code: 'InvalidParameterValue.InvalidBlueprintId' },
    'share.encrypted': { code: 'InvalidParameterValue.InvalidBlueprintId' },
  },
  wrongParameter: wrongParameterBy({
    BlueprintId: 'InvalidParameterValue.BlueprintIdMalformed',
    'BlueprintIds.N': 'InvalidParameterValue.BlueprintIdMalformed',
    ImageId: 'InvalidParameterValue.InvalidImageIdMalformed',
    'ImageIds.N': 'InvalidParameterValue.InvalidImageIdMalformed',
    'AccountIds.N': 'InvalidParameterValue.AccountIdsNotExist',
    Limit: 'InvalidParameterValue.OutOfRange',
    Offset: 'InvalidParameterValue.Negative',
  }),
};
