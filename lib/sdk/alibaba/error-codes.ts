/** Errors of ECS. Their use and sources are in errors.ts. */
import type { WireError } from '../wire.ts';

export const imageNotFound: WireError = {
  code: 'InvalidImageId.NotFound',
  status: 404,
  message: 'The specified ImageId does not exist.',
};
export const notAllowed: WireError = {
  code: 'Forbidden.RAM',
  status: 403,
  message: 'User not authorized to operate on the specified resource.',
};
export const imageShared: WireError = {
  code: 'ImageUseShared',
  status: 403,
  message: 'The specified image has been shared to others.',
};
export const imageNotValid: WireError = {
  code: 'OperationDenied.ImageNotValid',
  status: 403,
  message: 'The specified Image is disabled or is deleted.',
};
export const imageDoesNotServeDisk: WireError = {
  code: 'InvalidDiskId.OperationNotSupported',
  status: 404,
  message: 'The operation is not supported due to image not exist.',
};
export const accountNotFound: WireError = {
  code: 'InvalidAccount.NotFound',
  status: 404,
  message: 'The specified parameter "AddAccount.n" or "RemoveAccount.n" does not exist.',
};
export const regionNotFound: WireError = {
  code: 'InvalidRegionId.NotFound',
  status: 404,
  message: 'The specified RegionId does not exist.',
};
export const keyNotFound: WireError = {
  code: 'InvalidAccessKeyId.NotFound',
  status: 404,
  message: 'Specified access key is not found.',
};
export const noSuchAction: WireError = {
  code: 'InvalidAction.NotFound',
  status: 404,
  message: 'Specified api is not found, please check your url and method.',
};

export const instanceNotFound: WireError = {
  code: 'InvalidInstanceId.NotFound',
  status: 404,
  message: 'The specified InstanceId does not exist.',
};
export const diskNotFound: WireError = {
  code: 'InvalidDiskId.NotFound',
  status: 404,
  message: 'The specified disk does not exist.',
};
export const snapshotNotFound: WireError = {
  code: 'InvalidSnapshotId.NotFound',
  status: 404,
  message: 'The specified SnapshotId does not exist.',
};
/** The response to a dry run that would succeed. */
export const dryRunPassed: WireError = {
  code: 'DryRunOperation',
  status: 400,
  message: 'Request validation has been passed with DryRun flag set.',
};
/** For a signature that is missing, malformed, or uses an unsupported method. */
export const incompleteSignature = (reason: string): WireError => ({
  code: 'IncompleteSignature',
  status: 400,
  message: `The request signature does not conform to Aliyun standards. ${reason}`,
});

/** `reason` completes "the parameter ...". */
export const invalidParameter = (name: string, reason: string, code = 'InvalidParameter'): WireError => ({
  code,
  status: 400,
  message: `The specified parameter "${name}" is not valid: it ${reason}.`,
});

export const missingParameter = (name: string): WireError => ({
  code: 'MissingParameter',
  status: 400,
  message: `The input parameter "${name}" that is mandatory for processing this request is not supplied.`,
});
