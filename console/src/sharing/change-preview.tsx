import Box from '@cloudscape-design/components/box';
import LiveRegion from '@cloudscape-design/components/live-region';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useRegionTexts } from '../frame/use-region-texts.ts';
import type { differenceOf } from './recipient-ids.ts';
import { RecipientList } from './recipient-list.tsx';
import { removalTexts } from './removal-texts.ts';

export function ChangePreview({ added, removed, unchanged }: ReturnType<typeof differenceOf>) {
  const texts = useRegionTexts(removalTexts);
  return (
    <div>
      <Box variant="awsui-key-label">{texts.review}</Box>
      {added.length + removed.length === 0 && <StatusIndicator type="info">{texts.noChange}</StatusIndicator>}
      <LiveRegion hidden>
        {added.length > 0 && texts.toAdd(added.length)} {removed.length > 0 && texts.toRemove(removed.length)}
      </LiveRegion>
      <RecipientList header={texts.toAdd(added.length)} ids={added} isFolded={false} />
      <RecipientList header={texts.toRemove(removed.length)} ids={removed} isFolded={false} />
      <RecipientList header={texts.unchanged(unchanged.length)} ids={unchanged} isFolded />
    </div>
  );
}
