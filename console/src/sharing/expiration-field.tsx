import DatePicker from '@cloudscape-design/components/date-picker';
import FormField from '@cloudscape-design/components/form-field';
import RadioGroup from '@cloudscape-design/components/radio-group';
import SpaceBetween from '@cloudscape-design/components/space-between';
import TimeInput from '@cloudscape-design/components/time-input';
import { useRegionTexts } from '../frame/use-region-texts.ts';
import type { Expiration, expirationErrorOf } from './expiration.ts';
import { sharingTexts } from './texts.ts';

interface ExpirationFieldProps {
  readonly expiration: Expiration;
  readonly onChange: (expiration: Expiration) => void;
  /** Whether an entered recipient has a share that expires. */
  readonly canRemoveExpiration?: boolean;
  /** Whether an entered recipient already has access. */
  readonly hasExisting?: boolean;
  readonly problem: ReturnType<typeof expirationErrorOf>;
}

export function ExpirationField({
  expiration,
  onChange,
  canRemoveExpiration = false,
  hasExisting = false,
  problem,
}: ExpirationFieldProps) {
  const texts = useRegionTexts(sharingTexts);
  const today = new Date();
  today.setHours(0, 0, 0, 0);
  const errorText = problem && texts[problem];
  return (
    <SpaceBetween size="xs">
      <FormField stretch label={texts.expiration} description={hasExisting ? texts.expirationHint : undefined}>
        <RadioGroup
          value={expiration.kind}
          onChange={({ detail }) => onChange({ ...expiration, kind: detail.value as Expiration['kind'] })}
          items={[
            { value: 'never', label: texts.never },
            ...(canRemoveExpiration || expiration.kind === 'never-for-all'
              ? [{ value: 'never-for-all', label: texts.neverForAll }]
              : []),
            { value: 'at', label: texts.at },
          ]}
        />
      </FormField>
      {expiration.kind === 'at' && (
        <SpaceBetween size="xs" direction="horizontal">
          <FormField label={texts.date} errorText={errorText}>
            <DatePicker
              expandToViewport
              value={expiration.date}
              format="iso"
              placeholder="YYYY-MM-DD"
              isDateEnabled={(date) => date >= today}
              onChange={({ detail }) => onChange({ ...expiration, date: detail.value })}
            />
          </FormField>
          <FormField label={texts.time} constraintText={texts.zone(Intl.DateTimeFormat().resolvedOptions().timeZone)}>
            <TimeInput
              format="hh:mm"
              placeholder="hh:mm"
              value={expiration.time}
              invalid={problem !== undefined}
              onChange={({ detail }) => onChange({ ...expiration, time: detail.value })}
            />
          </FormField>
        </SpaceBetween>
      )}
    </SpaceBetween>
  );
}
