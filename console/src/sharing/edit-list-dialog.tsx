import type { Image, Share } from '../api/client.ts';

export function EditListDialog(_: { image: Image; shares: readonly Share[]; onClose: (changed: boolean) => void }) {
  return null;
}
