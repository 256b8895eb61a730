/** Calls of the cloud's actions, whatever makes them. */
import { freshId } from '../../support/client.ts';

/** Calls an action as an account, and gives what the SDK gives. */
export type Call = (action: string, parameters?: object) => Promise<unknown>;

export const region = 'ap-guangzhou';

/** What a user of an SDK catches: the exception's class and code. Throws where there is none. */
export async function caught(
  call: Promise<unknown>,
): Promise<{ class: string; code: unknown; message: string; requestId: unknown }> {
  try {
    await call;
  } catch (failure) {
    const exception = failure as Error & { code?: unknown; requestId?: unknown };
    const { message, code, requestId } = exception;
    return { class: exception.constructor.name, code, message, requestId };
  }
  throw new Error('The call was not refused.');
}

/** The exception of all SDKs for Node. */
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

/** What answers that tell of images have in common. */
export interface Images {
  readonly ImageSet: readonly { readonly ImageId: string }[];
}
export const idsIn = ({ ImageSet }: Images): string[] => ImageSet.map(({ ImageId }) => ImageId);

/** Imports an image, under a name of its own, and gives its id: the international SDK has none in the answer. */
export async function imported(call: Call, change: object = {}): Promise<string> {
  const ImageName = freshId('web-');
  await call('ImportImage', { ...newImage, ImageName, ...change });
  const listed = await call('DescribeImages', { Filters: [{ Name: 'image-name', Values: [ImageName] }] });
  const [imageId, ...more] = idsIn(listed as Images);
  if (imageId === undefined || more.length > 0) {
    throw new Error(`Not one image is named ${ImageName}: ${JSON.stringify(listed)}`);
  }
  return imageId;
}
