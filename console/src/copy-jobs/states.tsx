import StatusIndicator, { type StatusIndicatorProps } from '@cloudscape-design/components/status-indicator';
import type { Schemas } from '../api/client.ts';
import { useRegionTexts } from '../frame/use-region-texts.ts';
import { commonTexts } from '../texts/common.ts';
import { useTexts } from '../texts/use-texts.ts';
import { copyJobTexts } from './texts.ts';

export type CopyJob = Schemas['CopyJob'];
export type CopyJobSummary = Schemas['CopyJobSummary'];
type Copy = CopyJobSummary['copies'][number];

type Type = StatusIndicatorProps.Type;

const jobTypes: Record<CopyJobSummary['state'], Type> = {
  running: 'in-progress',
  succeeded: 'success',
  partly: 'warning',
  failed: 'error',
  ended: 'stopped',
};

const copyTypes: Record<Copy['state'], Type> = {
  pending: 'pending',
  copying: 'in-progress',
  available: 'success',
  failed: 'error',
  deprecated: 'stopped',
  deleted: 'stopped',
};

const sharingTypes: Record<Copy['sharing'], Type> = {
  planned: 'pending',
  shared: 'success',
  partly: 'warning',
  failed: 'error',
  ended: 'stopped',
};

export function JobState({ job }: { job: CopyJobSummary }) {
  const texts = useRegionTexts(copyJobTexts);
  return <StatusIndicator type={jobTypes[job.state]}>{texts.states[job.state]}</StatusIndicator>;
}

export function CopyState({ copy: { state, stateReason } }: { copy: Copy }) {
  const { imageStates, labeled } = useTexts(commonTexts);
  const texts = useRegionTexts(copyJobTexts);
  const name = state === 'deleted' ? texts.deleted : imageStates[state];
  return (
    <StatusIndicator type={copyTypes[state]}>{stateReason === undefined ? name : labeled(name, stateReason)}</StatusIndicator>
  );
}

export function SharingState({ copy: { sharing } }: { copy: Copy }) {
  const texts = useRegionTexts(copyJobTexts);
  return <StatusIndicator type={sharingTypes[sharing]}>{texts.sharings[sharing]}</StatusIndicator>;
}
