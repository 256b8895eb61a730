import * as z from 'zod';
import { Text } from '../wire-fields.ts';
import { upTo } from './parameters.ts';

const pageSizeMax = 100;
const pageSizeDefault = 10;

/** A page by number. Defaults and bound: DescribeImages in the ECS API reference. */
export const Paging = {
  PageNumber: upTo(1_000_000).default(1),
  PageSize: upTo(pageSizeMax).default(pageSizeDefault),
};

interface Asked {
  readonly PageNumber: number;
  readonly PageSize: number;
}

/** The entries of a page, and the fields that tell which page of how many entries it is. */
export function pageOf<Entry>(all: readonly Entry[], { PageNumber, PageSize }: Asked) {
  const start = (PageNumber - 1) * PageSize;
  return { entries: all.slice(start, start + PageSize), fields: { TotalCount: all.length, PageNumber, PageSize } };
}

/** A page by number, or by the token that the page before gave, where a list takes either. */
export const PagingByToken = {
  ...Paging,
  // What is below 10 or above 100 counts as that: DescribeInstances in the ECS API reference.
  MaxResults: upTo(1_000_000)
    .transform((count) => Math.min(Math.max(count, pageSizeDefault), pageSizeMax))
    .optional(),
  NextToken: Text.pipe(z.string().regex(/^\d{1,6}$/, 'is none that an answer gave')).optional(),
};

/** The same for such a list. A token is the number of the entries before its page. */
export function pageByToken<Entry>(
  all: readonly Entry[],
  {
    MaxResults,
    NextToken,
    ...numbered
  }: Asked & { readonly MaxResults?: number | undefined; readonly NextToken?: string | undefined },
) {
  if (MaxResults === undefined && NextToken === undefined) {
    const { entries, fields } = pageOf(all, numbered);
    return { entries, fields: { ...fields, NextToken: '' } };
  }
  const start = Number(NextToken ?? 0);
  const end = start + (MaxResults ?? pageSizeDefault);
  return {
    entries: all.slice(start, end),
    fields: { TotalCount: all.length, PageNumber: 1, PageSize: end - start, NextToken: end < all.length ? String(end) : '' },
  };
}
