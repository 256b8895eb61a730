import DateRangePicker, { type DateRangePickerProps } from '@cloudscape-design/components/date-range-picker';
import PropertyFilter, { type PropertyFilterProps } from '@cloudscape-design/components/property-filter';
import { useAddressBook, useNameOf } from '../address-book/use-address-book.ts';
import { useRegionTexts } from '../frame/use-region-texts.ts';
import { useTexts } from '../texts/use-texts.ts';
import { type ActivityFilter, searchOfTokens, tokensOf } from './filter.ts';
import { recordTexts } from './record-texts.ts';
import { activityTexts } from './texts.ts';

const relativeOptions: readonly DateRangePickerProps.RelativeOption[] = [
  { key: '1-hour', type: 'relative', amount: 1, unit: 'hour' },
  { key: '1-day', type: 'relative', amount: 1, unit: 'day' },
  { key: '7-day', type: 'relative', amount: 7, unit: 'day' },
  { key: '30-day', type: 'relative', amount: 30, unit: 'day' },
  { key: '3-month', type: 'relative', amount: 3, unit: 'month' },
];

interface ActivityFilterBarProps {
  readonly filter: ActivityFilter;
  /** Absent for the activity of one image. */
  readonly regions?: readonly string[];
  readonly onChange: (filter: ActivityFilter) => void;
}

export function ActivityFilterBar({ filter, regions, onChange }: ActivityFilterBarProps) {
  const texts = useTexts(activityTexts);
  const records = useRegionTexts(recordTexts);
  const book = useAddressBook();
  const nameOf = useNameOf();
  const property = (key: string, label: string): PropertyFilterProps.FilteringProperty => ({
    key,
    propertyLabel: label,
    groupValuesLabel: label,
    operators: [key === 'action' ? { operator: '=', tokenType: 'enum' } : '='],
  });
  const isValidRange = (range: DateRangePickerProps.Value | null): DateRangePickerProps.ValidationResult => {
    const isMissing = range?.type === 'absolute' && (range.startDate === '' || range.endDate === '');
    if (range === null || isMissing) {
      return { valid: false, errorMessage: texts.rangeEmpty };
    }
    return range.type === 'absolute' && Date.parse(range.startDate) > Date.parse(range.endDate)
      ? { valid: false, errorMessage: texts.rangeBackwards }
      : { valid: true };
  };
  const searchText = regions === undefined ? texts.searchOne : texts.search;
  return (
    <div style={{ display: 'flex', flexWrap: 'wrap', gap: '8px 20px' }}>
      <div style={{ flex: '1 1 220px', maxWidth: '650px' }}>
        <PropertyFilter
          query={tokensOf(filter.search)}
          hideOperations
          filteringAriaLabel={searchText}
          filteringPlaceholder={searchText}
          filteringProperties={[
            property('action', records.what),
            ...(regions === undefined ? [] : [property('imageId', texts.imageId), property('region', texts.region)]),
            property('actor', records.who),
            property('recipient', records.recipient),
          ]}
          filteringOptions={[
            ...Object.entries(records.actionNames).map(([value, label]) => ({ propertyKey: 'action', value, label })),
            ...(regions ?? []).map((value) => ({ propertyKey: 'region', value })),
            { propertyKey: 'actor', value: 'service', label: records.service },
            { propertyKey: 'actor', value: 'compute', label: records.compute },
            ...['actor', 'recipient'].flatMap((propertyKey) =>
              [...book.keys()].map((id) => ({ propertyKey, value: id, label: nameOf(id) })),
            ),
          ]}
          onChange={({ detail }) => onChange({ ...filter, search: searchOfTokens(detail.tokens) })}
          virtualScroll
          expandToViewport
        />
      </div>
      <DateRangePicker
        value={filter.time}
        relativeOptions={relativeOptions}
        customRelativeRangeUnits={['hour', 'day', 'month']}
        isValidRange={isValidRange}
        absoluteFormat="iso"
        ariaLabel={texts.time}
        placeholder={texts.anyTime}
        onChange={({ detail }) => onChange({ ...filter, time: detail.value })}
        expandToViewport
      />
    </div>
  );
}
