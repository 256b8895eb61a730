/** Errors of ECS. Their use and sources are in errors.ts. */
import { tagsBytesMax, tagsMax } from '../../model/limits.ts';
import type { IssueError, WireError } from '../wire.ts';

/** An error whose message is the cloud's. */
export type EcsError = Required<WireError>;

const valueLengthMax = 64;

/** Quotes a value of a request for a message, in one line and not much longer than 64 characters. */
function quoted(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > valueLengthMax + 2 ? `${text.slice(0, valueLengthMax)}...` : text;
}

/** Adds the name and the value of the parameter to a message of the cloud. */
export const withValue = (error: EcsError, name: string, value: unknown): EcsError =>
  value === undefined ? error : { ...error, message: `${error.message.replace(/\.?$/, '.')} ${name}: ${quoted(value)}.` };

/** For an issue of a parameter whose error isn't that of all parameters of its name. */
export const ownError = (error: EcsError): IssueError => ({ wireError: (name, value) => withValue(error, name, value) });

export const imageNotFound: EcsError = {
  code: 'InvalidImageId.NotFound',
  status: 404,
  message: 'The specified ImageId does not exist.',
};
export const notAllowed: EcsError = {
  code: 'Forbidden.RAM',
  status: 403,
  message: 'User not authorized to operate on the specified resource.',
};
export const imageShared: EcsError = {
  code: 'ImageUseShared',
  status: 403,
  message: 'The specified image has been shared to others.',
};
export const imageNotValid: EcsError = {
  code: 'OperationDenied.ImageNotValid',
  status: 403,
  message: 'The specified Image is disabled or is deleted.',
};
export const imageDoesNotServeDisk: EcsError = {
  code: 'InvalidDiskId.OperationNotSupported',
  status: 404,
  message: 'The operation is not supported due to image not exist.',
};
export const accountNotFound: EcsError = {
  code: 'InvalidAccount.NotFound',
  status: 404,
  message: 'The specified parameter "AddAccount.n" or "RemoveAccount.n" does not exist.',
};
export const regionNotFound: EcsError = {
  code: 'InvalidRegionId.NotFound',
  status: 404,
  message: 'The specified RegionId does not exist.',
};
export const keyNotFound: EcsError = {
  code: 'InvalidAccessKeyId.NotFound',
  status: 404,
  message: 'Specified access key is not found.',
};
export const noSuchAction: EcsError = {
  code: 'InvalidAction.NotFound',
  status: 404,
  message: 'Specified api is not found, please check your url and method.',
};
export const instanceNotFound: EcsError = {
  code: 'InvalidInstanceId.NotFound',
  status: 404,
  message: 'The specified InstanceId does not exist.',
};
export const diskNotFound: EcsError = {
  code: 'InvalidDiskId.NotFound',
  status: 404,
  message: 'The specified disk does not exist.',
};
export const snapshotNotFound: EcsError = {
  code: 'InvalidSnapshotId.NotFound',
  status: 404,
  message: 'The specified SnapshotId does not exist.',
};
export const snapshotNotAllowed: EcsError = {
  code: 'OperationDenied',
  status: 403,
  message: 'The specified snapshot is not allowed to create image. Create the image from an instance, or copy an image.',
};
export const snapshotCreatedImage: EcsError = {
  code: 'SnapshotCreatedImage',
  status: 403,
  message: 'The snapshot has been used to create user defined image(s).',
};
/** For the status of instances and snapshots. */
export const statusNotFound: EcsError = {
  code: 'InvalidStatus.NotFound',
  status: 404,
  message: 'The specified Status is not found',
};
export const taskNotFound: EcsError = {
  code: 'InvalidTaskId.NotFound',
  status: 400,
  message: 'The specified "TaskId" is not found.',
};
export const resourceNotFound: EcsError = {
  code: 'InvalidResourceId.NotFound',
  status: 404,
  message: 'The specified ResourceIds are not found in our records.',
};
export const resourceTypeNotFound: EcsError = {
  code: 'InvalidResourceType.NotFound',
  status: 404,
  message: 'The ResourceType provided does not exist in our records.',
};
/** Only images, and their snapshots, have tags here. */
export const resourceNotTaggable: EcsError = {
  code: 'InvalidResourceId.NotSupported',
  status: 403,
  message: 'The specified ResourceId does not support tagging.',
};
export const tagQuotaExceeded: EcsError = {
  code: 'OperationDenied.QuotaExceed',
  status: 400,
  message: `The quota of tags on resource is beyond permitted range. An image can have ${tagsMax} tags and ${tagsBytesMax} bytes of tags.`,
};
export const resourceGroupNotFound: EcsError = {
  code: 'InvalidResourceGroup.NotFound',
  status: 404,
  message: 'The ResourceGroup provided does not exist in our records.',
};
/** The response to a dry run that would succeed. */
export const dryRunPassed: EcsError = {
  code: 'DryRunOperation',
  status: 400,
  message: 'Request validation has been passed with DryRun flag set.',
};
/**
 * Ends with the string that was to be signed: the official SDKs compare it with theirs to tell a wrong secret from a wrong
 * computation, and the one for Python fails without it.
 */
export const signatureDoesNotMatch = (stringToSign: string): EcsError => ({
  code: 'SignatureDoesNotMatch',
  status: 400,
  message: `Specified signature is not matched with our calculation. server string to sign is:${stringToSign}`,
});
/** For a method, version, or type of a signature. The misspelling is the cloud's own. */
export const unsupportedSignature = (name: string, value: string, supported: readonly string[]): EcsError => ({
  code: 'InvalidParamater',
  status: 400,
  message: `The specified parameter "${name}" is not valid: ${quoted(value)} is not supported. Use ${supported.map((one) => (one === '' ? 'none' : one)).join(' or ')}.`,
});
/** For a signature that is missing or malformed. */
export const incompleteSignature = (reason: string): EcsError => ({
  code: 'IncompleteSignature',
  status: 400,
  message: `The request signature does not conform to Aliyun standards. ${reason}`,
});

/** `reason` completes "the parameter ...". */
export const invalidParameter = (name: string, reason: string, code = 'InvalidParameter', value?: unknown): EcsError => ({
  code,
  status: 400,
  message: `The specified parameter "${name}" is not valid: it ${reason}.${value === undefined ? '' : ` Value: ${quoted(value)}.`}`,
});

export const missingParameter = (name: string): EcsError => ({
  code: 'MissingParameter',
  status: 400,
  message: `The input parameter "${name}" that is mandatory for processing this request is not supplied.`,
});
