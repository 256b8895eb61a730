import FormField from '@cloudscape-design/components/form-field';
import Multiselect from '@cloudscape-design/components/multiselect';
import type { Image } from '../api/client.ts';
import { useRegionTexts } from '../frame/use-region-texts.ts';
import { copyJobTexts } from './texts.ts';
import { regionsMax } from './use-copy-and-share.ts';

interface RegionsFieldProps {
  readonly image: Image;
  /** The regions with the same policy as the image's. */
  readonly options: readonly string[];
  readonly chosen: readonly string[];
  readonly onChange: (regions: readonly string[]) => void;
  readonly wasSubmitted: boolean;
}

/** Where the copies will be. */
export function RegionsField({ image, options: regions, chosen, onChange, wasSubmitted }: RegionsFieldProps) {
  const texts = useRegionTexts(copyJobTexts);
  const options = regions.map((region) => ({
    value: region,
    label: region,
    ...(region === image.region && { description: texts.sameRegion }),
  }));
  const errorText =
    chosen.length > regionsMax
      ? texts.tooManyRegions(regionsMax)
      : wasSubmitted && chosen.length === 0
        ? texts.noRegions
        : undefined;
  return (
    <FormField stretch label={texts.regions} description={texts.regionsHint(regionsMax)} errorText={errorText}>
      <Multiselect
        options={options}
        selectedOptions={options.filter(({ value }) => chosen.includes(value))}
        placeholder={texts.chooseRegions}
        deselectAriaLabel={({ label = '' }) => texts.removeRegion(label)}
        onChange={({ detail }) => onChange(detail.selectedOptions.flatMap(({ value }) => value ?? []))}
      />
    </FormField>
  );
}
