import * as z from 'zod';
import { Text } from '../wire-fields.ts';
import { countUpTo } from './parameters.ts';

const pageSizeMax = 100;
const pageSizeDefault = 10;

/** Page number and size. Source of defaults and limit: DescribeImages in the ECS API reference. */
export const PageParameters = {
  PageNumber: countUpTo(1_000_000).default(1),
  PageSize: countUpTo(pageSizeMax).default(pageSizeDefault),
};

interface PageRequest {
  readonly PageNumber: number;
  readonly PageSize: number;
}

/** Returns the entries of a page and the paging fields of its response. */
export function pageOf<Entry>(all: readonly Entry[], { PageNumber, PageSize }: PageRequest) {
  const start = (PageNumber - 1) * PageSize;
  return { entries: all.slice(start, start + PageSize), fields: { TotalCount: all.length, PageNumber, PageSize } };
}

/** The number of entries before a page. */
export const NextToken = Text.pipe(z.string().regex(/^\d{1,6}$/, 'must be the NextToken of a response')).optional();

/** For lists that page by number or by the token of the previous page. */
export const PageOrTokenParameters = {
  ...PageParameters,
  // Clamped to 10 to 100 rather than rejected. Source: DescribeInstances in the ECS API reference.
  MaxResults: countUpTo(1_000_000)
    .transform((count) => Math.min(Math.max(count, pageSizeDefault), pageSizeMax))
    .optional(),
  NextToken,
};

/** Returns the same as pageOf, for such a list. */
export function pageByToken<Entry>(
  all: readonly Entry[],
  {
    MaxResults,
    NextToken,
    ...byNumber
  }: PageRequest & { readonly MaxResults?: number | undefined; readonly NextToken?: string | undefined },
) {
  if (MaxResults === undefined && NextToken === undefined) {
    const { entries, fields } = pageOf(all, byNumber);
    return { entries, fields: { ...fields, NextToken: '' } };
  }
  const start = Number(NextToken ?? 0);
  const end = start + (MaxResults ?? pageSizeDefault);
  return {
    entries: all.slice(start, end),
    fields: { TotalCount: all.length, PageNumber: 1, PageSize: end - start, NextToken: end < all.length ? String(end) : '' },
  };
}
