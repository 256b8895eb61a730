import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { Time } from '../components/time.tsx';
import { useTexts } from '../texts/use-texts.ts';
import { expirationTexts } from './expiration-texts.ts';
import { expiresSoon } from './expiring.ts';

/** When a share expires, marked if that is soon. */
export function ExpirationTime({ expiresAt }: { expiresAt: string | undefined }) {
  const texts = useTexts(expirationTexts);
  if (expiresAt === undefined) {
    return texts.never;
  }
  return expiresSoon({ expiresAt }, new Date()) ? (
    <StatusIndicator type="warning" iconAriaLabel={texts.soon}>
      <Time at={expiresAt} />
    </StatusIndicator>
  ) : (
    <Time at={expiresAt} />
  );
}
