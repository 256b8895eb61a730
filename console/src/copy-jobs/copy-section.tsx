import Alert from '@cloudscape-design/components/alert';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { ProblemDocument } from '../api/problem.ts';
import { NamedImage } from '../components/named-image.tsx';
import { useRegionTexts } from '../frame/use-region-texts.ts';
import { RecipientList } from '../sharing/recipient-list.tsx';
import { useServiceTexts } from '../texts/use-service-texts.ts';
import { type CopyJob, CopyState, SharingState } from './states.tsx';
import { copyJobTexts } from './texts.ts';

type Copy = CopyJob['copies'][number];

const groups = ['failed', 'planned', 'ended', 'shared'] as const;

interface CopySectionProps {
  readonly copy: Copy;
  /** Absent if the copy has no page. */
  readonly name: string | undefined;
}

/** One copy of a job: its status, and what became of each recipient. */
export function CopySection({ copy, name }: CopySectionProps) {
  const texts = useRegionTexts(copyJobTexts);
  const { detailOf } = useServiceTexts();
  const reasonOf = ({ recipient, code, rule, reason }: Copy['recipients'][number]): string =>
    code === undefined
      ? texts.copyFailed
      : detailOf({
          code,
          ...(rule !== undefined && { rule }),
          detail: reason ?? '',
          offenders: [{ id: recipient, code, reason: reason ?? '' }],
        } as ProblemDocument);
  const failed = copy.recipients.filter(({ state }) => state === 'failed');
  return (
    <Container header={<Header variant="h2">{copy.region}</Header>}>
      <SpaceBetween size="m">
        <KeyValuePairs
          columns={3}
          items={[
            {
              label: texts.copy,
              value: <NamedImage region={copy.region} imageId={copy.imageId} name={name} />,
            },
            { label: texts.copyState, value: <CopyState copy={copy} /> },
            { label: texts.sharing, value: <SharingState copy={copy} /> },
          ]}
        />
        {failed.length > 0 && <Alert type="warning">{copy.state === 'failed' ? texts.copyFailedText : texts.refusedText}</Alert>}
        {groups.map((group) => {
          const members = copy.recipients.filter(({ state }) => state === group);
          return (
            <RecipientList
              key={group}
              header={texts.groups[group](members.length)}
              ids={members.map(({ recipient }) => recipient)}
              noteOf={(id) => {
                const member = members.find(({ recipient }) => recipient === id);
                return group === 'failed' && member !== undefined ? reasonOf(member) : undefined;
              }}
              isFolded={group !== 'failed'}
            />
          );
        })}
      </SpaceBetween>
    </Container>
  );
}
