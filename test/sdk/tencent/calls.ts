/** Calls of the cloud's actions, by any client. */
import { freshId } from '../../support/client.ts';

/** Calls an action for one account and returns what the SDK returns. */
export type Call = (action: string, parameters?: object) => Promise<unknown>;

export const region = 'ap-guangzhou';

/** Returns the exception of a call. Throws if the call succeeds. */
export async function exceptionOf(
  call: Promise<unknown>,
): Promise<{ class: string; code: unknown; message: string; requestId: unknown }> {
  try {
    await call;
  } catch (failure) {
    const exception = failure as Error & { code?: unknown; requestId?: unknown };
    const { message, code, requestId } = exception;
    return { class: exception.constructor.name, code, message, requestId };
  }
  throw new Error('The call succeeded.');
}

/** Matches the exception that all SDKs for Node throw. */
export const exceptionWith = (code: string) =>
  expect.objectContaining({
    class: 'TencentCloudSDKHttpException',
    code,
    message: expect.stringMatching(/\S/),
    requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
  });

export const newImage = {
  Architecture: 'x86_64',
  OsType: 'CentOS',
  OsVersion: '7',
  ImageUrl: 'https://images-1250000000.cos.ap-guangzhou.myqcloud.com/web.qcow2',
} as const;

/** The common part of responses with images. */
export interface ImageList {
  readonly ImageSet: readonly { readonly ImageId: string }[];
}
export const idsIn = ({ ImageSet }: ImageList): string[] => ImageSet.map(({ ImageId }) => ImageId);

/** Imports an image and finds its id by a unique name, because the international SDK drops it from the response. */
export async function importImage(call: Call, change: object = {}): Promise<string> {
  const ImageName = freshId('web-');
  await call('ImportImage', { ...newImage, ImageName, ...change });
  const listed = await call('DescribeImages', { Filters: [{ Name: 'image-name', Values: [ImageName] }] });
  const [imageId, ...rest] = idsIn(listed as ImageList);
  if (imageId === undefined || rest.length > 0) {
    throw new Error(`Expected one image named ${ImageName}: ${JSON.stringify(listed)}`);
  }
  return imageId;
}
