import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import LiveRegion from '@cloudscape-design/components/live-region';
import { lazy, Suspense } from 'react';
import type { Problem } from '../api/problem.ts';
import { commonTexts } from '../texts/common.ts';
import { useServiceTexts } from '../texts/use-service-texts.ts';
import { useTexts } from '../texts/use-texts.ts';
import { RuleLink } from './rule-link.tsx';

const Refusal = lazy(() => import('../refusals/refusal.tsx'));

interface ProblemAlertProps {
  readonly problem: Problem;
  /** A button that resolves the problem. */
  readonly action?: React.ReactNode;
  readonly children?: React.ReactNode;
}

/** An alert with the reason, the rule, and the request ID of a failed request. Announces the reason to screen readers. */
export function ProblemAlert({ problem, action, children }: ProblemAlertProps) {
  const texts = useTexts(commonTexts);
  const { titleOf, detailOf } = useServiceTexts();
  const { document } = problem;
  if (document === undefined) {
    return (
      <Alert type="error" header={texts.failed} action={action}>
        <Box>{texts.unreachable}</Box>
        {children}
        <LiveRegion hidden>
          {texts.failed} {texts.unreachable}
        </LiveRegion>
      </Alert>
    );
  }
  const { rule } = document;
  return (
    <Alert type={document.status >= 500 ? 'error' : 'warning'} header={titleOf(document)} action={action}>
      <Box>{detailOf(document)}</Box>
      {rule !== undefined && (
        <Suspense>
          <Refusal rule={rule} address={problem.response?.url} />
        </Suspense>
      )}
      {rule !== undefined && (
        <Box>
          <RuleLink rule={rule} />
        </Box>
      )}
      <Box color="text-body-secondary" fontSize="body-s">
        {texts.labeled(texts.requestId, document.requestId)}
      </Box>
      {children}
      <LiveRegion hidden>
        {titleOf(document)} {detailOf(document)}
      </LiveRegion>
    </Alert>
  );
}
