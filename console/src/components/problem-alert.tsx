import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Link from '@cloudscape-design/components/link';
import type { Problem } from '../api/problem.ts';
import { commonTexts } from '../texts/common.ts';
import { useServiceTexts } from '../texts/use-service-texts.ts';
import { useTexts } from '../texts/use-texts.ts';

/** An alert with the reason, the rule, and the request ID of a failed request. */
export function ProblemAlert({ problem, children }: { problem: Problem; children?: React.ReactNode }) {
  const texts = useTexts(commonTexts);
  const { titleOf, detailOf } = useServiceTexts();
  const { document } = problem;
  if (document === undefined) {
    return (
      <Alert type="error" header={texts.failed}>
        <Box>{texts.unreachable}</Box>
        {children}
      </Alert>
    );
  }
  return (
    <Alert type={document.status >= 500 ? 'error' : 'warning'} header={titleOf(document)}>
      <Box>{detailOf(document)}</Box>
      {document.rule !== undefined && (
        <Box>
          {texts.labeled(texts.rule, '')}
          <Link external href={`/v1/docs/errors#${document.rule}`}>
            {texts.ruleLink(document.rule)}
          </Link>
        </Box>
      )}
      <Box color="text-body-secondary" fontSize="body-s">
        {texts.labeled(texts.requestId, document.requestId)}
      </Box>
      {children}
    </Alert>
  );
}
