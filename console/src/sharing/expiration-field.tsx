import DatePicker from '@cloudscape-design/components/date-picker';
import FormField from '@cloudscape-design/components/form-field';
import RadioGroup from '@cloudscape-design/components/radio-group';
import SpaceBetween from '@cloudscape-design/components/space-between';
import TimeInput from '@cloudscape-design/components/time-input';
import { formatTime } from '../components/format-time.ts';
import { useRegionTexts } from '../frame/use-region-texts.ts';
import { dateOf, type Expiration, type expirationErrorOf, expirationIn, presetDays } from './expiration.ts';
import { sharingTexts } from './texts.ts';

interface ExpirationFieldProps {
  /** Whether all recipients have access already, so that no expiration is kept. */
  readonly isEdit?: boolean;
  readonly expiration: Expiration;
  readonly onChange: (expiration: Expiration) => void;
  /** Whether an entered recipient has a share that expires. */
  readonly canRemoveExpiration?: boolean;
  /** Whether an entered recipient already has access. */
  readonly hasExisting?: boolean;
  /** Which recipients the expiration is for. Default: what happens to those that already have access, if there are any. */
  readonly hint?: string;
  readonly problem: ReturnType<typeof expirationErrorOf>;
}

export function ExpirationField({
  isEdit = false,
  expiration,
  onChange,
  canRemoveExpiration = false,
  hasExisting = false,
  hint,
  problem,
}: ExpirationFieldProps) {
  const texts = useRegionTexts(sharingTexts);
  const today = new Date();
  today.setHours(0, 0, 0, 0);
  const errorText = problem && texts[problem];
  const at = dateOf(expiration);
  const presets = presetDays.map((days) => ({
    value: String(days),
    label: texts.inDays(days),
    ...(expiration.days === days && at !== undefined && { description: formatTime(at) }),
  }));
  const never = { value: 'never', label: texts.never };
  const neverForAll = { value: 'never-for-all', label: isEdit ? texts.never : texts.neverForAll };
  const hasNeverForAll = canRemoveExpiration || expiration.kind === 'never-for-all';
  const choose = (value: string) => {
    const days = presetDays.find((one) => String(one) === value);
    const { date, time } = expiration;
    onChange(days === undefined ? { kind: value as Expiration['kind'], date, time } : expirationIn(days, new Date()));
  };
  return (
    <SpaceBetween size="xs">
      <FormField stretch label={texts.expiration} description={hint ?? (hasExisting ? texts.expirationHint : undefined)}>
        <RadioGroup
          value={String(expiration.days ?? expiration.kind)}
          onChange={({ detail }) => choose(detail.value)}
          items={[
            ...(isEdit ? [neverForAll] : hasNeverForAll ? [never, neverForAll] : [never]),
            ...presets,
            { value: 'at', label: texts.at },
          ]}
        />
      </FormField>
      {expiration.kind === 'at' && expiration.days === undefined && (
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
