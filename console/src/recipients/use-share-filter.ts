import { useMemo, useState } from 'react';
import { useSearchParams } from 'react-router';
import { useSearchChange } from '../frame/use-search-state.ts';
import { useWorkspace } from '../frame/workspace.tsx';

const dayMs = 86_400_000;

/** The days that can be chosen. */
export const expiringDays = [7, 30] as const;
export const unusedDays = [30, 90] as const;

/** The filter in the URL. `region` there names the region of the console. */
export interface ShareFilterState {
  /** Undefined: all regions. */
  readonly region: string | undefined;
  /** Shares that expire within this number of days. */
  readonly expiring: number | undefined;
  /** Shares that weren't used for this number of days. */
  readonly unused: number | undefined;
}

/** The filter of the page, what the service filters by, and the regions to choose from. */
export function useShareFilter() {
  const { regions: all, account } = useWorkspace();
  const [address] = useSearchParams();
  const changeSearch = useSearchChange();
  // The same for all pages of a list.
  const [now, setNow] = useState(() => Date.now());
  const regions = useMemo(
    () =>
      all.filter(({ principalKind }) => principalKind === 'account' || account.projects.length > 0).map(({ region }) => region),
    [all, account],
  );
  const days = (name: string, choices: readonly number[]) => choices.find((one) => String(one) === address.get(name));
  const filter: ShareFilterState = {
    region: regions.find((one) => one === address.get('in')),
    expiring: days('expiring', expiringDays),
    unused: days('unused', unusedDays),
  };
  const { expiring, unused } = filter;
  const time = (offsetDays: number) => new Date(now + offsetDays * dayMs).toISOString();
  return {
    filter,
    regions,
    isFiltered: Object.values(filter).some((value) => value !== undefined),
    expiringBefore: expiring === undefined ? {} : { expiringBefore: time(expiring) },
    unusedSince: unused === undefined ? {} : { unusedSince: time(-unused) },
    change: (changed: ShareFilterState) => {
      setNow(Date.now());
      changeSearch({
        in: changed.region ?? '',
        expiring: String(changed.expiring ?? ''),
        unused: String(changed.unused ?? ''),
      });
    },
    clear: () => changeSearch({ in: '', expiring: '', unused: '', search: '' }),
  };
}
