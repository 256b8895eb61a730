import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import LiveRegion from '@cloudscape-design/components/live-region';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useQuery } from '@tanstack/react-query';
import { useParams } from 'react-router';
import { copyJobQuery } from '../api/copy-job-queries.ts';
import { formatTime } from '../components/format-time.ts';
import { LoadError } from '../components/load-error.tsx';
import { Loading } from '../components/loading.tsx';
import { NamedImage } from '../components/named-image.tsx';
import { useBreadcrumb } from '../frame/breadcrumbs.tsx';
import { useRegionTexts } from '../frame/use-region-texts.ts';
import { useWorkspace } from '../frame/workspace.tsx';
import { refOf, useVisibleImages } from '../images/use-visible-images.ts';
import { useSession } from '../session/session-provider.tsx';
import { commonTexts } from '../texts/common.ts';
import { useTexts } from '../texts/use-texts.ts';
import { CopySection } from './copy-section.tsx';
import { JobState } from './states.tsx';
import { copyJobTexts } from './texts.ts';

const runningPollMs = 3_000;

/** The progress of a copy job. */
export default function CopyJobPage() {
  const { region = '', jobId = '' } = useParams();
  const common = useTexts(commonTexts);
  const texts = useRegionTexts(copyJobTexts);
  const { api } = useSession();
  const { query } = useWorkspace();
  const result = useQuery({
    ...copyJobQuery(api, { region, jobId }, query),
    refetchInterval: ({ state: { data } }) => data?.state === 'running' && runningPollMs,
  });
  const { data: job, error } = result;
  const title = texts.jobName(jobId);
  useBreadcrumb({ below: '/copy-jobs', name: title });
  const images = useVisibleImages(job === undefined ? [] : [job, ...job.copies.filter(({ state }) => state !== 'deleted')]);
  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          description={common.timesText}
          actions={
            <Button
              iconName="refresh"
              ariaLabel={common.refresh}
              loading={result.isFetching && job?.state !== 'running'}
              onClick={() => void result.refetch()}
            />
          }
        >
          {title}
        </Header>
      }
    >
      <SpaceBetween size="l">
        <LoadError query={result} />
        {job === undefined && error === null && <Loading />}
        {job !== undefined && (
          <SpaceBetween size="l">
            <Container header={<Header variant="h2">{texts.details}</Header>}>
              <KeyValuePairs
                columns={3}
                items={[
                  {
                    label: texts.state,
                    value: (
                      <LiveRegion>
                        <JobState job={job} />
                      </LiveRegion>
                    ),
                  },
                  {
                    label: texts.image,
                    value: <NamedImage region={job.region} imageId={job.imageId} name={images.get(refOf(job))?.name} />,
                  },
                  { label: texts.recipients, value: texts.recipientCount(job.recipientCount) },
                  { label: texts.startedAt, value: formatTime(job.createdAt) },
                  { label: texts.startedBy, value: job.startedBy },
                  { label: texts.expires, value: job.expiresAt === undefined ? texts.never : formatTime(job.expiresAt) },
                ]}
              />
            </Container>
            {job.copies.map((copy) => (
              <CopySection key={copy.region} copy={copy} name={images.get(refOf(copy))?.name} />
            ))}
          </SpaceBetween>
        )}
      </SpaceBetween>
    </ContentLayout>
  );
}
