import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import type { UseInfiniteQueryResult } from '@tanstack/react-query';
import { commonTexts } from '../texts/common.ts';
import { useTexts } from '../texts/use-texts.ts';

export function LoadMore({ pages }: { pages: UseInfiniteQueryResult<unknown> }) {
  const texts = useTexts(commonTexts);
  return pages.hasNextPage ? (
    <Box textAlign="center">
      <Button loading={pages.isFetchingNextPage} loadingText={texts.loading} onClick={() => void pages.fetchNextPage()}>
        {texts.loadMore}
      </Button>
    </Box>
  ) : null;
}
