import type { Image } from '../api/client.ts';

export function CancelDialog(_: { image: Image; recipients: readonly string[]; onClose: (changed: boolean) => void }) {
  return null;
}
