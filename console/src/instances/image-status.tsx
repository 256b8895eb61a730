import Popover from '@cloudscape-design/components/popover';
import StatusIndicator, { type StatusIndicatorProps } from '@cloudscape-design/components/status-indicator';
import type { Instance } from '../api/client.ts';
import { commonTexts } from '../texts/common.ts';
import { useTexts } from '../texts/use-texts.ts';
import { instancesTexts } from './texts.ts';

type Status = Instance['imageStatus'];

const types: Record<Status, StatusIndicatorProps.Type> = {
  pending: 'pending',
  copying: 'in-progress',
  available: 'success',
  failed: 'error',
  deprecated: 'stopped',
  incompatible: 'warning',
  'not-shared': 'warning',
  deleted: 'warning',
};

/** Whether the instance can be reinitialized from its image. */
export const isImageUsable = ({ imageStatus }: Instance): boolean => imageStatus === 'available' || imageStatus === 'deprecated';

/** The status of the image of an instance, with what the user can do about it. */
export function ImageStatus({ instance: { imageStatus } }: { instance: Instance }) {
  const { imageStates } = useTexts(commonTexts);
  const { imageStatuses, imageHints } = useTexts(instancesTexts);
  const texts: Record<Status, string> = { ...imageStates, ...imageStatuses };
  const hint = imageHints[imageStatus];
  const status = <StatusIndicator type={types[imageStatus]}>{texts[imageStatus]}</StatusIndicator>;
  return hint === undefined ? (
    status
  ) : (
    <Popover dismissButton={false} renderWithPortal triggerType="text" content={hint}>
      {status}
    </Popover>
  );
}
