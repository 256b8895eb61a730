import Box from '@cloudscape-design/components/box';
import Toggle from '@cloudscape-design/components/toggle';
import { useSearchState } from '../frame/use-search-state.ts';
import { useTexts } from '../texts/use-texts.ts';
import { expirationTexts } from './expiration-texts.ts';

/** Whether a list shows only what expires soon. The state is in the URL. */
export function useExpiringOnly(): readonly [boolean, (isOn: boolean) => void] {
  const [value, setValue] = useSearchState('expiring');
  return [value === 'true', (isOn) => setValue(isOn ? 'true' : '')];
}

export function ExpiringToggle() {
  const texts = useTexts(expirationTexts);
  const [isOn, setOn] = useExpiringOnly();
  return (
    <Box padding={{ vertical: 'xxs' }}>
      <Toggle checked={isOn} onChange={({ detail }) => setOn(detail.checked)}>
        {texts.expiringOnly}
      </Toggle>
    </Box>
  );
}
