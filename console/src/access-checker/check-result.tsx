import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import Link from '@cloudscape-design/components/link';
import LiveRegion from '@cloudscape-design/components/live-region';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { UseQueryResult } from '@tanstack/react-query';
import { useNameOf } from '../address-book/use-address-book.ts';
import { formatTime } from '../components/format-time.ts';
import { LoadError } from '../components/load-error.tsx';
import { Loading } from '../components/loading.tsx';
import { RuleLink } from '../components/rule-link.tsx';
import { useWorkspace } from '../frame/workspace.tsx';
import { useImageOptions } from '../images/use-image-options.ts';
import { FixButton } from '../refusals/fix-button.tsx';
import { commonTexts } from '../texts/common.ts';
import { sourceAddresses } from '../texts/service-texts.ts';
import { useServiceTexts } from '../texts/use-service-texts.ts';
import { useTexts } from '../texts/use-texts.ts';
import type { AccessCheck, Decision } from './access-check.ts';
import { accessCheckerTexts } from './texts.ts';

interface CheckResultProps {
  readonly check: AccessCheck;
  /** Whether the image of the check is still searched for. */
  readonly isSearching: boolean;
  readonly query: UseQueryResult<Decision>;
}

export function CheckResult({ check, isSearching, query }: CheckResultProps) {
  const texts = useTexts(accessCheckerTexts);
  const { region } = useWorkspace();
  const { data, dataUpdatedAt, error } = query;
  const hasRun = check.image !== '';
  return (
    <Container
      header={
        <Header variant="h2" description={texts.region(region.region)}>
          {texts.resultTitle}
        </Header>
      }
    >
      <SpaceBetween size="m">
        {isSearching && <Loading />}
        {!hasRun && !isSearching && <Box color="text-body-secondary">{texts.notRun}</Box>}
        {hasRun && data === undefined && error === null && <Loading />}
        <LoadError query={query} />
        {data !== undefined && <Explanation check={check} decision={data} at={new Date(dataUpdatedAt)} />}
      </SpaceBetween>
    </Container>
  );
}

interface ExplanationProps {
  readonly check: AccessCheck;
  readonly decision: Decision;
  readonly at: Date;
}

function Explanation({ check: { image, use, principal }, decision, at }: ExplanationProps) {
  const common = useTexts(commonTexts);
  const texts = useTexts(accessCheckerTexts);
  const nameOf = useNameOf();
  const { reasonOf, remedyOf, sourceOf } = useServiceTexts();
  const { region } = useWorkspace();
  const { data: images } = useImageOptions(image);
  const name = images?.find(({ imageId }) => imageId === image)?.name;
  const { allowed, rule, sources } = decision;
  const remedy = remedyOf(decision, { isOwnersQuestion: principal !== '', maySave: region.recipientMaySave });
  return (
    <SpaceBetween size="l">
      <LiveRegion>
        <SpaceBetween size="xs">
          <StatusIndicator type={allowed ? 'success' : 'error'}>{allowed ? texts.allowed : texts.denied}</StatusIndicator>
          <Box fontSize="heading-m">
            {texts.decided(
              principal === '' ? texts.you : texts.who(nameOf(principal), region.principalKind),
              allowed,
              texts.acts[use](name === undefined ? image : common.named(name, image)),
            )}
          </Box>
        </SpaceBetween>
      </LiveRegion>
      <KeyValuePairs
        columns={2}
        items={[
          { label: texts.reason, value: reasonOf(decision, principal === '' ? undefined : principal) },
          ...(decision.expiresAt === undefined ? [] : [{ label: texts.until, value: formatTime(decision.expiresAt) }]),
          ...(remedy === undefined ? [] : [{ label: common.recommendedAction, value: remedy }]),
          {
            label: common.rule,
            value: <RuleLink rule={rule} />,
          },
          { label: texts.source, value: sources.map((one) => <Source key={one} title={one} name={sourceOf(one)} />) },
        ]}
      />
      {!allowed && (
        <FixButton rule={rule} image={{ region: region.region, imageId: image }} isOwnersQuestion={principal !== ''} />
      )}
      <Box color="text-body-secondary" fontSize="body-s">
        {texts.checkedAt(formatTime(at))}
      </Box>
    </SpaceBetween>
  );
}

/** The document that a rule comes from, with a link if its address is known. */
function Source({ title, name }: { title: string; name: string }) {
  const address = sourceAddresses[title];
  return (
    <Box>
      {address === undefined ? (
        name
      ) : (
        <Link external href={address}>
          {name}
        </Link>
      )}
    </Box>
  );
}
