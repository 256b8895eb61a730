import * as z from 'zod';
import { accessKeyIdLengthMax, imageIdLengthMax, instanceIdLengthMax, principalIdLengthMax, regionLengthMax } from './limits.ts';

const idOf = (lengthMax: number) =>
  z
    .string()
    .max(lengthMax)
    .regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, 'must start with a letter or digit and hold only letters, digits, ".", "_" and "-"');

/** A region's name, such as `ap-guangzhou`. */
export const Region = idOf(regionLengthMax).brand<'Region'>().meta({ id: 'Region', description: 'Name of a region.' });
export type Region = z.infer<typeof Region>;

export const ImageId = idOf(imageIdLengthMax)
  .brand<'ImageId'>()
  .meta({ id: 'ImageId', description: 'Id of an image, unique in its region.' });
export type ImageId = z.infer<typeof ImageId>;

/** Whoever can own or receive an image: an account or a project, by the region's policy. */
export const PrincipalId = idOf(principalIdLengthMax)
  .brand<'PrincipalId'>()
  .meta({ id: 'PrincipalId', description: 'Id of an account, or of a project where images belong to projects.' });
export type PrincipalId = z.infer<typeof PrincipalId>;

export const InstanceId = idOf(instanceIdLengthMax)
  .brand<'InstanceId'>()
  .meta({ id: 'InstanceId', description: 'Id of an instance, unique in its region.' });
export type InstanceId = z.infer<typeof InstanceId>;

export const AccessKeyId = idOf(accessKeyIdLengthMax)
  .brand<'AccessKeyId'>()
  .meta({ id: 'AccessKeyId', description: 'Id of an access key: AK and 24 characters of A-Z0-9.' });
export type AccessKeyId = z.infer<typeof AccessKeyId>;

/** Names one image: ids are unique within a region only. */
export interface ImageKey {
  readonly region: Region;
  readonly imageId: ImageId;
}

/** Names one instance. */
export interface InstanceKey {
  readonly region: Region;
  readonly instanceId: InstanceId;
}
