import * as z from 'zod';
import {
  accessKeyIdLengthMax,
  copyJobIdLengthMax,
  imageIdLengthMax,
  instanceIdLengthMax,
  principalIdLengthMax,
  regionLengthMax,
} from './limits.ts';

const idOf = (lengthMax: number) =>
  z
    .string()
    .max(lengthMax)
    .regex(
      /^[A-Za-z0-9][A-Za-z0-9._-]*$/,
      'must start with a letter or digit and contain only letters, digits, ".", "_", and "-"',
    );

/** The name of a region, such as `ap-guangzhou`. */
export const Region = idOf(regionLengthMax).brand<'Region'>().meta({ id: 'Region', description: 'Name of a region.' });
export type Region = z.infer<typeof Region>;

export const ImageId = idOf(imageIdLengthMax)
  .brand<'ImageId'>()
  .meta({ id: 'ImageId', description: 'ID of an image, unique within its region.' });
export type ImageId = z.infer<typeof ImageId>;

/** The ID of an account or a project, depending on the policy of the region. */
export const PrincipalId = idOf(principalIdLengthMax)
  .brand<'PrincipalId'>()
  .meta({ id: 'PrincipalId', description: 'ID of an account, or of a project in regions where images belong to projects.' });
export type PrincipalId = z.infer<typeof PrincipalId>;

export const InstanceId = idOf(instanceIdLengthMax)
  .brand<'InstanceId'>()
  .meta({ id: 'InstanceId', description: 'ID of an instance, unique within its region.' });
export type InstanceId = z.infer<typeof InstanceId>;

export const CopyJobId = idOf(copyJobIdLengthMax)
  .brand<'CopyJobId'>()
  .meta({ id: 'CopyJobId', description: 'ID of a copy job, unique within its region.' });
export type CopyJobId = z.infer<typeof CopyJobId>;

export const AccessKeyId = idOf(accessKeyIdLengthMax)
  .brand<'AccessKeyId'>()
  .meta({ id: 'AccessKeyId', description: 'ID of an access key: "AK" followed by 24 characters from A-Z and 0-9.' });
export type AccessKeyId = z.infer<typeof AccessKeyId>;

/** Identifies an image. Image IDs are unique only within a region. */
export interface ImageKey {
  readonly region: Region;
  readonly imageId: ImageId;
}

/** Identifies an instance. */
export interface InstanceKey {
  readonly region: Region;
  readonly instanceId: InstanceId;
}

/** Identifies a copy job by the region of the image that it copies. */
export interface CopyJobKey {
  readonly region: Region;
  readonly jobId: CopyJobId;
}
