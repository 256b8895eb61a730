import Badge from '@cloudscape-design/components/badge';
import type { Image } from '../api/client.ts';

/** Labels as they are searched for: KEY:VALUE each. */
export const labelTextsOf = ({ labels }: Image): readonly string[] =>
  Object.entries(labels).map(([key, value]) => `${key}:${value}`);

/** They stand as words do: on one line where lines are not wrapped. */
export const Labels = ({ image }: { image: Image }) =>
  labelTextsOf(image).map((text) => (
    <span key={text}>
      <Badge>{text}</Badge>{' '}
    </span>
  ));
