import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import type { Pages } from '../api/use-pages.ts';
import { commonTexts } from '../texts/common.ts';
import { useTexts } from '../texts/use-texts.ts';

export function LoadMore({ pages }: { pages: Pages<unknown> }) {
  const texts = useTexts(commonTexts);
  return pages.hasMore ? (
    <Box textAlign="center">
      <Button loading={pages.isLoading} loadingText={texts.loading} onClick={pages.loadMore}>
        {texts.loadMore}
      </Button>
    </Box>
  ) : null;
}
