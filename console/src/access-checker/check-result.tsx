import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import Link from '@cloudscape-design/components/link';
import LiveRegion from '@cloudscape-design/components/live-region';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { Called } from '../api/use-call.ts';
import { formatTime } from '../components/format-time.ts';
import { LoadError } from '../components/load-error.tsx';
import { Loading } from '../components/loading.tsx';
import { useWorkspace } from '../frame/workspace.tsx';
import { commonTexts } from '../texts/common.ts';
import { useServiceTexts } from '../texts/service-texts.ts';
import { useTexts } from '../texts/texts.ts';
import type { AccessCheck, Decision } from './access-check.ts';
import { accessCheckerTexts } from './texts.ts';

/** A decision with the question that it answers. */
interface Decided {
  readonly check: AccessCheck;
  readonly decision: Decision;
}

/** What came of a question: nothing yet, a decision, or that one may not ask it. */
export function CheckResult({ hasRun, called }: { hasRun: boolean; called: Called<Decided | undefined> }) {
  const texts = useTexts(accessCheckerTexts);
  const { region } = useWorkspace();
  const { data, readAt, problem } = called;
  return (
    <Container
      header={
        <Header variant="h2" description={texts.region(region.region)}>
          {texts.resultTitle}
        </Header>
      }
    >
      <SpaceBetween size="m">
        {!hasRun && <Box color="text-body-secondary">{texts.notRun}</Box>}
        {hasRun && data === undefined && problem === undefined && <Loading />}
        <LoadError called={called} />
        {data !== undefined && readAt !== undefined && <Explanation {...data} at={readAt} />}
      </SpaceBetween>
    </Container>
  );
}

function Explanation({
  check: { image, use, principal },
  decision: { allowed, rule, reason, source, remedy },
  at,
}: Decided & { at: Date }) {
  const common = useTexts(commonTexts);
  const texts = useTexts(accessCheckerTexts);
  const { saysOf, remedyOf } = useServiceTexts();
  return (
    <SpaceBetween size="l">
      <LiveRegion>
        <SpaceBetween size="xs">
          <StatusIndicator type={allowed ? 'success' : 'error'}>{allowed ? texts.allowed : texts.denied}</StatusIndicator>
          <Box fontSize="heading-m">
            {texts.decided(principal === '' ? texts.you : principal, allowed, texts.acts[use](image))}
          </Box>
        </SpaceBetween>
      </LiveRegion>
      <KeyValuePairs
        columns={2}
        items={[
          { label: texts.reason, value: <InWords said={saysOf(rule)}>{reason}</InWords> },
          ...(remedy === undefined
            ? []
            : [{ label: common.recommendedAction, value: <InWords said={remedyOf(rule)}>{remedy}</InWords> }]),
          {
            label: common.rule,
            value: (
              <Link external href={`/v1/docs/errors#${rule}`}>
                {rule}
              </Link>
            ),
          },
          { label: texts.source, value: <Source source={source} /> },
        ]}
      />
      <Box color="text-body-secondary" fontSize="body-s">
        {texts.checkedAt(formatTime(at))}
      </Box>
    </SpaceBetween>
  );
}

/** The documents that a rule comes from, one below the other. */
function Source({ source }: { source: string }) {
  const texts = useTexts(accessCheckerTexts);
  return source === 'ours'
    ? texts.serviceRule
    : source.split('; ').map((one) => (
        <Box key={one}>
          <AsTold>{one}</AsTold>
        </Box>
      ));
}

/** What the service told, below what it comes to in the console's language where that is another. */
const InWords = ({ said, children }: { said: string | undefined; children: string }) => (
  <>
    {said !== undefined && <Box>{said}</Box>}
    <AsTold>{children}</AsTold>
  </>
);

/** A text of the service, which speaks English whatever the console's language. */
const AsTold = ({ children }: { children: string }) => <span lang="en">{children}</span>;
