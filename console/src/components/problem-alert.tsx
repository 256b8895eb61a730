import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Link from '@cloudscape-design/components/link';
import type { Problem } from '../api/problem.ts';
import { commonTexts } from '../texts/common.ts';
import { useServiceTexts } from '../texts/service-texts.ts';
import { useTexts } from '../texts/texts.ts';

/** Says what was refused: why, by which rule, and under which id the request is found in the log. */
export function ProblemAlert({ problem, children }: { problem: Problem; children?: React.ReactNode }) {
  const texts = useTexts(commonTexts);
  const { titleOf, saysOf, remedyOf } = useServiceTexts();
  const { document } = problem;
  if (document === undefined) {
    return (
      <Alert type="error" header={texts.failed}>
        <Box>{texts.unreachable}</Box>
        {children}
      </Alert>
    );
  }
  const said = [saysOf(document.rule), remedyOf(document.rule)].filter(Boolean).join('');
  return (
    <Alert type={document.status >= 500 ? 'error' : 'warning'} header={titleOf(document)}>
      {said !== '' && <Box>{said}</Box>}
      <Box>
        <span lang="en">{document.detail}</span>
      </Box>
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
