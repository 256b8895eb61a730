import type { Image } from '../api/client.ts';

export function DeleteDialog(_: { images: readonly Image[]; onClose: (changed: boolean) => void }) {
  return null;
}
