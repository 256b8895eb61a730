import Box from '@cloudscape-design/components/box';
import LiveRegion from '@cloudscape-design/components/live-region';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useEffect, useRef } from 'react';
import type { Image } from '../api/client.ts';
import { ProblemAlert } from '../components/problem-alert.tsx';
import type { Outcome } from './calls.ts';

interface OutcomesProps<Result> {
  readonly header: string;
  readonly images: readonly Image[];
  readonly outcomes: ReadonlyMap<string, Outcome<Result>>;
  readonly textOf: (result: Result) => string;
  readonly failedText: (name: string) => string;
}

export function Outcomes<Result>({ header, images, outcomes, textOf, failedText }: OutcomesProps<Result>) {
  const shown = images.flatMap((image) => {
    const outcome = outcomes.get(image.imageId);
    return outcome === undefined ? [] : [{ image, outcome }];
  });
  const results = useRef<HTMLDivElement>(null);
  // The results are above the form and can be scrolled out of view.
  useEffect(() => {
    if (outcomes.size > 0) {
      results.current?.scrollIntoView({ block: 'nearest' });
    }
  }, [outcomes]);
  return shown.length === 0 ? null : (
    <div ref={results}>
      <SpaceBetween size="xs">
        <Box variant="awsui-key-label">{header}</Box>
        {shown.map(({ image, outcome }) =>
          outcome.problem === undefined ? (
            <LiveRegion key={image.imageId}>
              <Box>
                {image.name} <Box variant="small">{image.imageId}</Box>
              </Box>
              <StatusIndicator type="success">{textOf(outcome.result)}</StatusIndicator>
            </LiveRegion>
          ) : (
            <div key={image.imageId}>
              <LiveRegion>
                <StatusIndicator type="error">{failedText(image.name)}</StatusIndicator>
              </LiveRegion>
              <ProblemAlert problem={outcome.problem} />
            </div>
          ),
        )}
      </SpaceBetween>
    </div>
  );
}
