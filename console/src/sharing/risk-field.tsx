import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Checkbox from '@cloudscape-design/components/checkbox';
import FormField from '@cloudscape-design/components/form-field';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useRegionTexts } from '../frame/use-region-texts.ts';
import { sharingTexts } from './texts.ts';

interface RiskFieldProps {
  readonly isRequired: boolean;
  readonly isAcknowledged: boolean;
  readonly onChange: (isAcknowledged: boolean) => void;
  readonly isMissing: boolean;
}

/**
 * Says what recipients see, warns, and asks for confirmation if the region requires it. Rules `received.read-only` and
 * `share.acknowledge`.
 */
export function RiskField({ isRequired, isAcknowledged, onChange, isMissing }: RiskFieldProps) {
  const texts = useRegionTexts(sharingTexts);
  return (
    <Alert type="warning" header={texts.riskTitle}>
      <SpaceBetween size="xs">
        <div>
          <Box>{texts.risk}</Box>
          <Box>{texts.visible}</Box>
        </div>
        {isRequired && (
          <FormField stretch errorText={isMissing ? texts.notAcknowledged : undefined}>
            <Checkbox checked={isAcknowledged} onChange={({ detail }) => onChange(detail.checked)}>
              {texts.acknowledge}
            </Checkbox>
          </FormField>
        )}
      </SpaceBetween>
    </Alert>
  );
}
