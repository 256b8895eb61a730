import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import Link from '@cloudscape-design/components/link';
import LiveRegion from '@cloudscape-design/components/live-region';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { Called } from '../api/use-call.ts';
import { usePlace } from '../frame/place.tsx';
import { Loading } from '../parts/loading.tsx';
import { moment } from '../parts/moment.ts';
import { Trouble } from '../parts/trouble.tsx';
import { commonTexts } from '../texts/common.ts';
import { useTexts } from '../texts/texts.ts';
import type { Decision, Question } from './question.ts';
import { whyTexts } from './texts.ts';

/** A decision with the question that it answers. */
interface Decided {
  readonly question: Question;
  readonly decision: Decision;
}

/** What came of a question: nothing yet, a decision, or that one may not ask it. */
export function Answer({ isAsked, called }: { isAsked: boolean; called: Called<Decided | undefined> }) {
  const texts = useTexts(whyTexts);
  const { region } = usePlace();
  const { data, readAt, problem } = called;
  return (
    <Container
      header={
        <Header variant="h2" description={texts.in(region.region)}>
          {texts.answerTitle}
        </Header>
      }
    >
      <SpaceBetween size="m">
        {!isAsked && <Box color="text-body-secondary">{texts.unasked}</Box>}
        {isAsked && data === undefined && problem === undefined && <Loading />}
        <Trouble called={called} />
        {data !== undefined && readAt !== undefined && <Explanation {...data} at={readAt} />}
      </SpaceBetween>
    </Container>
  );
}

function Explanation({
  question: { image, use, holder },
  decision: { allowed, rule, reason, source, remedy },
  at,
}: Decided & { at: Date }) {
  const common = useTexts(commonTexts);
  const texts = useTexts(whyTexts);
  return (
    <>
      <LiveRegion>
        <SpaceBetween size="xs">
          <StatusIndicator type={allowed ? 'success' : 'error'}>{allowed ? texts.allowed : texts.refused}</StatusIndicator>
          <Box fontSize="heading-m">{texts.decided(holder === '' ? texts.you : holder, allowed, texts.acts[use](image))}</Box>
        </SpaceBetween>
      </LiveRegion>
      <KeyValuePairs
        columns={2}
        items={[
          { label: texts.reason, value: <AsTold>{reason}</AsTold> },
          ...(remedy === undefined ? [] : [{ label: common.whatToDo, value: <AsTold>{remedy}</AsTold> }]),
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
        {texts.asOf(moment(at))}
      </Box>
    </>
  );
}

/** The documents that a rule comes from, one below the other. */
function Source({ source }: { source: string }) {
  const texts = useTexts(whyTexts);
  return source === 'ours'
    ? texts.ours
    : source.split('; ').map((one) => (
        <Box key={one}>
          <AsTold>{one}</AsTold>
        </Box>
      ));
}

/** A text of the service, which speaks English whatever the console's language. */
const AsTold = ({ children }: { children: string }) => <span lang="en">{children}</span>;
