import DatePicker from '@cloudscape-design/components/date-picker';
import FormField from '@cloudscape-design/components/form-field';
import RadioGroup from '@cloudscape-design/components/radio-group';
import SpaceBetween from '@cloudscape-design/components/space-between';
import TimeInput from '@cloudscape-design/components/time-input';
import { useTexts } from '../texts/texts.ts';
import type { EndTime, endProblemOf } from './end-time.ts';
import { sharingTexts } from './texts.ts';

interface Ending {
  readonly end: EndTime;
  readonly onChange: (end: EndTime) => void;
  /** Whether somebody entered holds an image until some time. */
  readonly mayLift?: boolean;
  /** Whether somebody entered holds an image. */
  readonly someHold?: boolean;
  readonly problem: ReturnType<typeof endProblemOf>;
}

/** Asks when shares end: never, or at a date and time of the person's own zone. */
export function EndTimeField({ end, onChange, mayLift = false, someHold = false, problem }: Ending) {
  const texts = useTexts(sharingTexts);
  const today = new Date();
  today.setHours(0, 0, 0, 0);
  const errorText = problem && texts[problem];
  return (
    <SpaceBetween size="xs">
      <FormField stretch label={texts.ends} description={someHold ? texts.endHint : undefined}>
        <RadioGroup
          value={end.kind}
          onChange={({ detail }) => onChange({ ...end, kind: detail.value as EndTime['kind'] })}
          items={[
            { value: 'never', label: texts.never },
            ...(mayLift || end.kind === 'never-for-all' ? [{ value: 'never-for-all', label: texts.neverForAll }] : []),
            { value: 'at', label: texts.at },
          ]}
        />
      </FormField>
      {end.kind === 'at' && (
        <SpaceBetween size="xs" direction="horizontal">
          <FormField label={texts.date} errorText={errorText}>
            <DatePicker
              expandToViewport
              value={end.date}
              placeholder="YYYY/MM/DD"
              isDateEnabled={(date) => date >= today}
              onChange={({ detail }) => onChange({ ...end, date: detail.value })}
            />
          </FormField>
          <FormField label={texts.time} constraintText={texts.zone(Intl.DateTimeFormat().resolvedOptions().timeZone)}>
            <TimeInput
              format="hh:mm"
              placeholder="hh:mm"
              value={end.time}
              invalid={problem !== undefined}
              onChange={({ detail }) => onChange({ ...end, time: detail.value })}
            />
          </FormField>
        </SpaceBetween>
      )}
    </SpaceBetween>
  );
}
