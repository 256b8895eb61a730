import Box from '@cloudscape-design/components/box';
import LiveRegion from '@cloudscape-design/components/live-region';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useTexts } from '../texts/texts.ts';
import { endingTexts } from './ending-texts.ts';
import { HolderList } from './holder-list.tsx';
import type { differenceOf } from './recipient-ids.ts';

/** Who gets an image, who loses it and who keeps it. */
export function Difference({ added, removed, kept }: ReturnType<typeof differenceOf>) {
  const texts = useTexts(endingTexts);
  return (
    <div>
      <Box variant="awsui-key-label">{texts.changes}</Box>
      <LiveRegion>
        {added.length + removed.length === 0 && <StatusIndicator type="info">{texts.noChange}</StatusIndicator>}
        {added.length > 0 && <StatusIndicator type="success">{texts.added(added.length)}</StatusIndicator>}{' '}
        {removed.length > 0 && <StatusIndicator type="warning">{texts.removed(removed.length)}</StatusIndicator>}
      </LiveRegion>
      <HolderList header={texts.added(added.length)} ids={added} isFolded={false} />
      <HolderList header={texts.removed(removed.length)} ids={removed} isFolded={false} />
      <HolderList header={texts.kept(kept.length)} ids={kept} isFolded />
    </div>
  );
}
