import Box from '@cloudscape-design/components/box';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { Image } from '../api/client.ts';
import type { Problem } from '../api/problem.ts';
import { Refusal } from '../parts/refusal.tsx';
import { useTexts } from '../texts/texts.ts';
import type { Shares } from './calls.ts';
import { roomFor } from './room.ts';
import { sharingTexts } from './texts.ts';

interface Targets {
  readonly images: readonly Image[];
  readonly shares: ReadonlyMap<string, Shares>;
  readonly ids: readonly string[];
  /** What the service would refuse for the image's sake, by image. */
  readonly problems: ReadonlyMap<string, Problem>;
}

/** For every image: the places that are left once all who are entered hold it, or by how many they are too many. */
export function Places({ images, shares, ids, problems }: Targets) {
  const texts = useTexts(sharingTexts);
  return (
    <SpaceBetween size="xs">
      <Box variant="awsui-key-label">{texts.places}</Box>
      {images.map((image) => {
        const known = shares.get(image.imageId);
        const problem = problems.get(image.imageId);
        const room = known && roomFor(known, ids);
        return (
          <div key={image.imageId}>
            <Box>
              {image.name} <Box variant="small">{image.imageId}</Box>
            </Box>
            {known && room && (
              <StatusIndicator type={room.over > 0 ? 'error' : 'success'}>
                {room.over > 0 ? texts.placesOver(room.over, known.used, known.cap) : texts.placesLeft(room.left, known.cap)}
              </StatusIndicator>
            )}
            {problem && !room?.over && <Refusal problem={problem} />}
          </div>
        );
      })}
    </SpaceBetween>
  );
}
