import FormField from '@cloudscape-design/components/form-field';
import Multiselect, { type MultiselectProps } from '@cloudscape-design/components/multiselect';
import { useRef } from 'react';
import { useInitialFocus } from '../components/use-initial-focus.ts';
import type { useRegionOptions } from '../frame/use-region-options.ts';
import { useRegionTexts } from '../frame/use-region-texts.ts';
import { copyJobTexts } from './texts.ts';
import { regionsMax } from './use-copy-and-share.ts';

interface RegionsFieldProps {
  readonly options: ReturnType<typeof useRegionOptions>;
  readonly chosen: readonly string[];
  readonly onChange: (regions: readonly string[]) => void;
  readonly wasSubmitted: boolean;
}

/** Where the copies will be. */
export function RegionsField({ options, chosen, onChange, wasSubmitted }: RegionsFieldProps) {
  const texts = useRegionTexts(copyJobTexts);
  const field = useRef<MultiselectProps.Ref>(null);
  useInitialFocus(() => field.current);
  const errorText =
    chosen.length > regionsMax
      ? texts.tooManyRegions(regionsMax)
      : wasSubmitted && chosen.length === 0
        ? texts.noRegions
        : undefined;
  return (
    <FormField stretch label={texts.regions} description={texts.regionsHint(regionsMax)} errorText={errorText}>
      <Multiselect
        ref={field}
        options={options}
        selectedOptions={options.filter(({ value }) => chosen.includes(value))}
        placeholder={texts.chooseRegions}
        deselectAriaLabel={({ label = '' }) => texts.removeRegion(label)}
        onChange={({ detail }) => onChange(detail.selectedOptions.flatMap(({ value }) => value ?? []))}
      />
    </FormField>
  );
}
