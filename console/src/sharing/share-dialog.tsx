import type { Image } from '../api/client.ts';

export function ShareDialog(_: { images: readonly Image[]; onClose: (changed: boolean) => void }) {
  return null;
}
