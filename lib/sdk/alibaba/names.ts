import { nfcUpTo } from '../../model/fields.ts';
import { nameBytesMax } from '../../model/limits.ts';

/**
 * Whether a name matches a pattern: "*" stands for any characters, and a pattern without "*" for the whole name. Names are
 * compared in NFC, in which they are stored, and case-sensitively: tools delete what they find under a name.
 */
export function matchesName(name: string, pattern: string): boolean {
  const [first = '', ...middle] = nfcUpTo(nameBytesMax)(pattern).split('*');
  const last = middle.pop();
  if (last === undefined) {
    return name === first;
  }
  let position = first.length;
  for (const part of middle) {
    const index = name.indexOf(part, position);
    if (index < 0) {
      return false;
    }
    position = index + part.length;
  }
  return name.startsWith(first) && name.endsWith(last) && position + last.length <= name.length;
}
