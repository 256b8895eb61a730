import Box from '@cloudscape-design/components/box';
import type { ImageRef } from '../api/keys.ts';
import { ImageLink } from './image-link.tsx';

interface NamedImageProps extends ImageRef {
  /** Absent if the image has no page, because it was deleted or is no longer shared. */
  readonly name: string | undefined;
}

/** A link to an image, with its ID below. */
export const NamedImage = ({ region, imageId, name }: NamedImageProps) =>
  name === undefined ? (
    imageId
  ) : (
    <>
      <ImageLink region={region} imageId={imageId}>
        {name}
      </ImageLink>
      <Box variant="small" display="block">
        {imageId}
      </Box>
    </>
  );
