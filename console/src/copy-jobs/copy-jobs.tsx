import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { TableProps } from '@cloudscape-design/components/table';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useNavigate } from 'react-router';
import { copyJobsQuery } from '../api/copy-job-queries.ts';
import { EmptyState } from '../components/empty-state.tsx';
import { formatTime } from '../components/format-time.ts';
import { NamedImage } from '../components/named-image.tsx';
import { PageLink } from '../components/page-link.tsx';
import { ResourceList } from '../components/resource-list.tsx';
import { useRegionTexts } from '../frame/use-region-texts.ts';
import { useSearchState } from '../frame/use-search-state.ts';
import { useHrefTo, useWorkspace } from '../frame/workspace.tsx';
import { refOf, useVisibleImages } from '../images/use-visible-images.ts';
import { useSession } from '../session/session-provider.tsx';
import { commonTexts } from '../texts/common.ts';
import { useTexts } from '../texts/use-texts.ts';
import { type CopyJobSummary, JobState } from './states.tsx';
import { type CopyJobTexts, copyJobTexts } from './texts.ts';

const runningPollMs = 3_000;

const isRunning = ({ state }: CopyJobSummary): boolean => state === 'running';

const pathOf = ({ region, jobId }: CopyJobSummary): string => `/copy-jobs/${region}/${jobId}`;

const regionsOf = ({ copies }: CopyJobSummary): readonly string[] => copies.map(({ region }) => region);

const columnsOf = (
  texts: CopyJobTexts,
  separator: string,
  images: ReturnType<typeof useVisibleImages>,
): readonly TableProps.ColumnDefinition<CopyJobSummary>[] => [
  {
    id: 'job',
    header: texts.jobId,
    cell: (job) => <PageLink to={pathOf(job)}>{job.jobId}</PageLink>,
    isRowHeader: true,
    width: 225,
    minWidth: 150,
  },
  { id: 'state', header: texts.state, cell: (job) => <JobState job={job} />, sortingField: 'state', minWidth: 150 },
  {
    id: 'image',
    header: texts.image,
    cell: (job) => <NamedImage region={job.region} imageId={job.imageId} name={images.get(refOf(job))?.name} />,
    sortingField: 'imageId',
    minWidth: 140,
  },
  { id: 'regions', header: texts.destinations, cell: (job) => regionsOf(job).join(separator), minWidth: 180 },
  {
    id: 'recipients',
    header: texts.recipients,
    cell: ({ recipientCount }) => texts.recipientCount(recipientCount),
    sortingField: 'recipientCount',
    minWidth: 120,
  },
  {
    id: 'created',
    header: texts.startedAt,
    cell: ({ createdAt }) => formatTime(createdAt),
    sortingField: 'createdAt',
    minWidth: 170,
  },
];

const shownColumns = { narrow: ['job', 'state', 'image'] };

export default function CopyJobs() {
  const texts = useRegionTexts(copyJobTexts);
  const common = useTexts(commonTexts);
  const { api } = useSession();
  const { region, query } = useWorkspace();
  const [search] = useSearchState('search');
  const navigate = useNavigate();
  const hrefTo = useHrefTo();
  const pages = useInfiniteQuery({
    ...copyJobsQuery(api, region.region, query, search),
    refetchInterval: ({ state: { data } }) =>
      data?.pages.some(({ entries }) => entries.some(isRunning)) === true && runningPollMs,
  });
  const images = useVisibleImages(pages.data ?? []);
  const columns = useMemo(() => columnsOf(texts, common.listSeparator, images), [texts, common, images]);
  return (
    <ResourceList
      texts={texts}
      description={`${texts.description}${common.space}${common.timesText}`}
      empty={
        <EmptyState title={texts.empty} text={texts.emptyText}>
          <PageLink to="/images">{common.customImages}</PageLink>
        </EmptyState>
      }
      pages={pages}
      table="copy-jobs"
      columns={columns}
      shownColumns={shownColumns}
      idOf={({ jobId }) => jobId}
      actions={(job) => (
        <SpaceBetween direction="horizontal" size="xs">
          <Button
            iconName="refresh"
            ariaLabel={common.refresh}
            loading={pages.isFetching && pages.data?.some(isRunning) !== true}
            onClick={() => void pages.refetch()}
          />
          <Button
            disabled={job === undefined}
            disabledReason={common.selectFirst}
            onClick={() => job && void navigate(hrefTo(pathOf(job)))}
          >
            {texts.view}
          </Button>
        </SpaceBetween>
      )}
    />
  );
}
