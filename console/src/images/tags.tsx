import Badge from '@cloudscape-design/components/badge';
import type { Image } from '../api/client.ts';

/** Tags as `KEY:VALUE`, or `KEY` without a value, the form that users search for. */
export const tagTextsOf = ({ tags }: Image): readonly string[] =>
  Object.entries(tags)
    .map(([key, value]) => (value === '' ? key : `${key}:${value}`))
    .sort();

/** Inline, so that the table's line wrapping applies. Tags beyond `most` are shown as a count. */
export function Tags({ image, most = Number.POSITIVE_INFINITY }: { image: Image; most?: number }) {
  const all = tagTextsOf(image);
  const shown = all.slice(0, most);
  return (
    <>
      {shown.map((text) => (
        <span key={text} style={{ overflowWrap: 'anywhere' }}>
          <Badge>{text}</Badge>{' '}
        </span>
      ))}
      {shown.length < all.length && <span title={all.slice(most).join(', ')}>+{all.length - shown.length}</span>}
    </>
  );
}
