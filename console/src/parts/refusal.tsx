import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Link from '@cloudscape-design/components/link';
import type { Problem } from '../api/problem.ts';
import { commonTexts } from '../texts/common.ts';
import { useTexts } from '../texts/texts.ts';

/** Says what was refused: why, by which rule, and under which id the request is found in the log. */
export function Refusal({ problem, children }: { problem: Problem; children?: React.ReactNode }) {
  const texts = useTexts(commonTexts);
  const { document } = problem;
  if (document === undefined) {
    return (
      <Alert type="error" header={texts.failed}>
        {texts.unreachable}
      </Alert>
    );
  }
  return (
    <Alert type={document.status >= 500 ? 'error' : 'warning'} header={document.title}>
      <Box>{document.detail}</Box>
      {document.rule !== undefined && (
        <Box>
          {texts.rule}:{' '}
          <Link external href={`/v1/docs/errors#${document.rule}`}>
            {document.rule}
          </Link>
        </Box>
      )}
      <Box color="text-body-secondary" fontSize="body-s">
        {texts.requestId}: {document.requestId}
      </Box>
      {children}
    </Alert>
  );
}
