import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import { lazy, Suspense } from 'react';
import type { Problem } from '../api/problem.ts';
import { FixButton } from '../refusals/fix-button.tsx';
import { fixOf, imageOf } from '../refusals/fixes.ts';
import { commonTexts } from '../texts/common.ts';
import { useServiceTexts } from '../texts/use-service-texts.ts';
import { useTexts } from '../texts/use-texts.ts';
import { RuleLink } from './rule-link.tsx';

const Why = lazy(() => import('../refusals/why.tsx'));

interface ProblemAlertProps {
  readonly problem: Problem;
  /** A button that resolves the problem. Default: the fix for its rule, if there is one. */
  readonly action?: React.ReactNode;
  readonly children?: React.ReactNode;
}

/** An alert with the reason, the rule, and the request ID of a failed request. */
export function ProblemAlert({ problem, action, children }: ProblemAlertProps) {
  const texts = useTexts(commonTexts);
  const { titleOf, detailOf } = useServiceTexts();
  const { document } = problem;
  if (document === undefined) {
    return (
      <Alert type="error" header={texts.failed} action={action}>
        <Box>{texts.unreachable}</Box>
        {children}
      </Alert>
    );
  }
  const { rule } = document;
  const fix = rule !== undefined && fixOf(rule, false) !== undefined && (
    <FixButton rule={rule} image={imageOf(problem.response?.url)} />
  );
  return (
    <Alert type={document.status >= 500 ? 'error' : 'warning'} header={titleOf(document)} action={action || fix}>
      <Box>{detailOf(document)}</Box>
      {rule !== undefined && (
        <ExpandableSection headerText={texts.why}>
          <Suspense>
            <Why rule={rule} />
          </Suspense>
        </ExpandableSection>
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
    </Alert>
  );
}
