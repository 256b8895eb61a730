import type { WireErrors } from '../../wire.ts';
import { commonErrors, wrongParameterWith } from '../error-codes.ts';

/**
 * Errors of the tag service. Source: the error codes in github.com/TencentCloud/tencentcloud-sdk-go, tag/v20180813/client.go and
 * errors.go. docs/clouds/tencent.md lists the codes that were chosen because the case is undocumented.
 */
export const tagErrors: WireErrors = {
  ...commonErrors,
  codes: {
    InvalidRequest: { code: 'InvalidParameter.Tag' },
    Unauthenticated: { code: 'AuthFailure.SignatureFailure' },
    Forbidden: { code: 'AuthFailure.UnauthorizedOperation' },
    NotOwner: { code: 'AuthFailure.UnauthorizedOperation' },
    ImageNotFound: { code: 'InvalidParameterValue.ResourceDescriptionError' },
    InstanceNotFound: { code: 'InvalidParameterValue.ResourceDescriptionError' },
    RegionNotFound: { code: 'InvalidParameterValue.RegionInvalid' },
    AccountNotFound: { code: 'InvalidParameterValue.UinInvalid' },
    ProjectNotFound: { code: 'FailedOperation' },
    CopyJobNotFound: { code: 'InvalidAction' },
    KeyNotFound: { code: 'AuthFailure.SecretIdNotFound' },
    RouteNotFound: { code: 'InvalidAction' },
    ImageNotShareable: { code: 'FailedOperation' },
    RecipientNotFound: { code: 'InvalidParameterValue.UinInvalid' },
    RecipientIsOwner: { code: 'InvalidParameterValue.UinInvalid' },
    RecipientDoesNotAccept: { code: 'FailedOperation' },
    RiskNotAcknowledged: { code: 'FailedOperation' },
    ShareCapExceeded: { code: 'LimitExceeded.Quota' },
    ImageShared: { code: 'FailedOperation' },
    ImageQuotaExceeded: { code: 'LimitExceeded.Quota' },
    KeyQuotaExceeded: { code: 'LimitExceeded.Quota' },
    AddressBookFull: { code: 'LimitExceeded.Quota' },
    ImageNotUsable: { code: 'FailedOperation' },
    AccountInUse: { code: 'FailedOperation' },
    AccountClosed: { code: 'AuthFailure.UnauthorizedOperation' },
    IdempotencyKeyReused: { code: 'InvalidParameter' },
    // Terraform and Packer both retry this code.
    PreconditionFailed: { code: 'ResourceInUse' },
    Internal: { code: 'InternalError' },
    Unavailable: { code: 'ResourceInUse' },
  },
  rules: {},
  wrongParameter: wrongParameterWith({
    Resource: 'InvalidParameterValue.ResourceDescriptionError',
    'ResourceList.N': 'InvalidParameterValue.ResourceDescriptionError',
    'ResourceIds.N': 'InvalidParameterValue.ResourceIdInvalid',
    ResourceRegion: 'InvalidParameterValue.RegionInvalid',
    ServiceType: 'InvalidParameterValue.ServiceTypeInvalid',
    ResourcePrefix: 'InvalidParameterValue.ResourcePrefixInvalid',
    CreateUin: 'InvalidParameterValue.UinInvalid',
    Offset: 'InvalidParameterValue.OffsetInvalid',
    PaginationToken: 'InvalidParameter.PaginationTokenInvalid',
  }),
};
