import StatusIndicator, { type StatusIndicatorProps } from '@cloudscape-design/components/status-indicator';
import type { Image } from '../api/client.ts';
import { commonTexts } from '../texts/common.ts';
import { useTexts } from '../texts/use-texts.ts';

const types: Record<Image['state'], StatusIndicatorProps.Type> = {
  pending: 'pending',
  copying: 'in-progress',
  available: 'success',
  failed: 'error',
  deprecated: 'stopped',
};

/** Whether the status changes without user action. */
export const isInProgress = ({ state }: Image): boolean => state === 'pending' || state === 'copying';

export function ImageState({ image }: { image: Image }) {
  const { imageStates, labeled, deprecatedShared } = useTexts(commonTexts);
  const { state, stateReason } = image;
  const status = (
    <StatusIndicator type={types[state]}>
      {stateReason === undefined ? imageStates[state] : labeled(imageStates[state], stateReason)}
    </StatusIndicator>
  );
  return state === 'deprecated' && image.visibility === 'shared' ? <span title={deprecatedShared}>{status}</span> : status;
}
