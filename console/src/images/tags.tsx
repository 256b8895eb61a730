import Badge from '@cloudscape-design/components/badge';
import type { Image } from '../api/client.ts';

/** Labels as they are searched for: KEY:VALUE each. */
export const tagTextsOf = ({ labels }: Image): readonly string[] =>
  Object.entries(labels)
    .map(([key, value]) => `${key}:${value}`)
    .sort();

/** They stand as words do: on one line where lines are not wrapped. Where there are more than `most`, their number is told. */
export function Tags({ image, most = Number.POSITIVE_INFINITY }: { image: Image; most?: number }) {
  const all = tagTextsOf(image);
  const shown = all.slice(0, most);
  return (
    <>
      {shown.map((text) => (
        <span key={text}>
          <Badge>{text}</Badge>{' '}
        </span>
      ))}
      {shown.length < all.length && <span title={all.slice(most).join(', ')}>+{all.length - shown.length}</span>}
    </>
  );
}
