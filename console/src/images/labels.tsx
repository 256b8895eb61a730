import Badge from '@cloudscape-design/components/badge';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { Image } from '../api/client.ts';

/** Labels as they are searched for: KEY:VALUE each. */
export const labelTextsOf = ({ labels }: Image): readonly string[] =>
  Object.entries(labels).map(([key, value]) => `${key}:${value}`);

export const Labels = ({ image }: { image: Image }) => (
  <SpaceBetween direction="horizontal" size="xxs">
    {labelTextsOf(image).map((text) => (
      <Badge key={text}>{text}</Badge>
    ))}
  </SpaceBetween>
);
