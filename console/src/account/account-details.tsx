import Badge from '@cloudscape-design/components/badge';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table from '@cloudscape-design/components/table';
import type { Account } from '../api/client.ts';
import { Copyable } from '../components/copyable.tsx';
import { EmptyState } from '../components/empty-state.tsx';
import { formatTime } from '../components/format-time.ts';
import { commonTexts } from '../texts/common.ts';
import { useTexts } from '../texts/use-texts.ts';
import { accountTexts } from './texts.ts';

export function AccountDetails({ account }: { account: Account }) {
  const common = useTexts(commonTexts);
  const texts = useTexts(accountTexts);
  const { defaultProject } = account;
  return (
    <Container
      header={
        <Header variant="h2" description={texts.detailsText}>
          {texts.detailsTitle}
        </Header>
      }
    >
      <SpaceBetween size="l">
        <KeyValuePairs
          columns={3}
          items={[
            { label: texts.accountId, value: <Copyable text={account.accountId} /> },
            { label: texts.accountName, value: account.name },
            {
              label: texts.defaultProject,
              value: defaultProject === undefined ? common.noValue : <Copyable text={defaultProject} />,
            },
          ]}
        />
        <Projects account={account} />
      </SpaceBetween>
    </Container>
  );
}

function Projects({ account: { projects, defaultProject } }: { account: Account }) {
  const texts = useTexts(accountTexts);
  return (
    <Table
      variant="embedded"
      items={projects}
      trackBy="projectId"
      wrapLines
      header={
        <Header variant="h3" counter={`(${projects.length})`}>
          {texts.projectsTitle}
        </Header>
      }
      ariaLabels={{ tableLabel: texts.projectsTitle }}
      empty={<EmptyState title={texts.projectsEmpty} text={texts.projectsEmptyText} />}
      columnDefinitions={[
        {
          id: 'id',
          header: texts.projectId,
          minWidth: 180,
          isRowHeader: true,
          cell: ({ projectId }) => (
            <SpaceBetween direction="horizontal" size="xs" alignItems="center">
              <Copyable text={projectId} />
              {projectId === defaultProject && <Badge color="blue">{texts.isDefault}</Badge>}
            </SpaceBetween>
          ),
        },
        { id: 'name', header: texts.projectName, minWidth: 140, cell: ({ name }) => <span data-long-word>{name}</span> },
        { id: 'created', header: texts.createdAt, minWidth: 160, cell: ({ createdAt }) => formatTime(createdAt) },
      ]}
    />
  );
}
