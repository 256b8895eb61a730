import Select, { type SelectProps } from '@cloudscape-design/components/select';
import { regionTexts } from '../texts/regions.ts';
import { useTexts } from '../texts/use-texts.ts';
import { recipientsTexts } from './texts.ts';
import { expiringDays, type ShareFilterState, unusedDays } from './use-share-filter.ts';

interface ShareFilterProps {
  readonly filter: ShareFilterState;
  readonly regions: readonly string[];
  readonly hasUse?: boolean;
  readonly onChange: (filter: ShareFilterState) => void;
}

/** The filters of the lists of recipients and shares. */
export function ShareFilter({ filter, regions, hasUse = false, onChange }: ShareFilterProps) {
  const texts = useTexts(recipientsTexts);
  const { cities } = useTexts(regionTexts);
  return (
    <div style={{ flex: '1 1 400px', display: 'flex', flexWrap: 'wrap', gap: '8px 20px' }}>
      <Choice
        label={texts.filterByRegion}
        any={texts.allRegions}
        options={regions.map((region) => ({
          value: region,
          label: region,
          ...(cities[region] && { description: cities[region] }),
        }))}
        value={filter.region}
        onChange={(region) => onChange({ ...filter, region })}
      />
      <Choice
        label={texts.filterByExpiration}
        any={texts.anyExpiration}
        options={expiringDays.map((days) => ({ value: String(days), label: texts.expiresWithin(days) }))}
        value={filter.expiring?.toString()}
        onChange={(days) => onChange({ ...filter, expiring: days === undefined ? undefined : Number(days) })}
      />
      {hasUse && (
        <Choice
          label={texts.filterByUse}
          any={texts.anyUse}
          options={unusedDays.map((days) => ({ value: String(days), label: texts.unusedFor(days) }))}
          value={filter.unused?.toString()}
          onChange={(days) => onChange({ ...filter, unused: days === undefined ? undefined : Number(days) })}
        />
      )}
    </div>
  );
}

interface ChoiceProps {
  readonly label: string;
  /** The option that doesn't filter. */
  readonly any: string;
  readonly options: readonly SelectProps.Option[];
  readonly value: string | undefined;
  readonly onChange: (value: string | undefined) => void;
}

function Choice({ label, any, options, value, onChange }: ChoiceProps) {
  const all = [{ value: '', label: any }, ...options];
  return (
    <div style={{ flex: '0 1 190px' }}>
      <Select
        ariaLabel={label}
        options={all}
        selectedOption={all.find((option) => option.value === (value ?? '')) ?? null}
        onChange={({ detail }) => onChange(detail.selectedOption.value || undefined)}
        expandToViewport
      />
    </div>
  );
}
