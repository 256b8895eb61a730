import Box from '@cloudscape-design/components/box';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { commonTexts } from '../texts/common.ts';
import { useTexts } from '../texts/use-texts.ts';

export function Loading() {
  const texts = useTexts(commonTexts);
  return (
    <Box padding="xl" textAlign="center">
      <StatusIndicator type="loading">{texts.loading}</StatusIndicator>
    </Box>
  );
}
