import Box from '@cloudscape-design/components/box';
import LiveRegion from '@cloudscape-design/components/live-region';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useEffect, useRef } from 'react';
import type { Image } from '../api/client.ts';
import { Refusal } from '../parts/refusal.tsx';
import type { Outcome } from './calls.ts';

interface Results<Answer> {
  readonly header: string;
  readonly images: readonly Image[];
  readonly outcomes: ReadonlyMap<string, Outcome<Answer>>;
  readonly textOf: (answer: Answer) => string;
  readonly refusedText: (name: string) => string;
}

/** Says for each image what came of a change. */
export function Outcomes<Answer>({ header, images, outcomes, textOf, refusedText }: Results<Answer>) {
  const shown = images.flatMap((image) => {
    const outcome = outcomes.get(image.imageId);
    return outcome === undefined ? [] : [{ image, outcome }];
  });
  const results = useRef<HTMLDivElement>(null);
  // They stand above what was filled in, and may be out of sight of the button that was pressed.
  useEffect(() => {
    if (outcomes.size > 0) {
      results.current?.scrollIntoView({ block: 'nearest' });
    }
  }, [outcomes]);
  return shown.length === 0 ? null : (
    <LiveRegion>
      <div ref={results}>
        <SpaceBetween size="xs">
          <Box variant="awsui-key-label">{header}</Box>
          {shown.map(({ image, outcome }) =>
            outcome.problem === undefined ? (
              <div key={image.imageId}>
                <Box>
                  {image.name} <Box variant="small">{image.imageId}</Box>
                </Box>
                <StatusIndicator type="success">{textOf(outcome.answer)}</StatusIndicator>
              </div>
            ) : (
              <div key={image.imageId}>
                <StatusIndicator type="error">{refusedText(image.name)}</StatusIndicator>
                <Refusal problem={outcome.problem} />
              </div>
            ),
          )}
        </SpaceBetween>
      </div>
    </LiveRegion>
  );
}
