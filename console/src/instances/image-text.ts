import type { Instance } from '../api/client.ts';

/** The image of an instance in a sentence: its name, if the image can still be seen, and its ID. */
export const imageTextOf = (
  { imageId, imageName }: Pick<Instance, 'imageId' | 'imageName'>,
  named: (name: string, id: string) => string,
): string => (imageName === undefined ? imageId : named(imageName, imageId));
