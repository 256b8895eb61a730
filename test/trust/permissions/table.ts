/** The table of permissions: see permissions.yaml. */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import * as z from 'zod';
import { scopes } from '../../../lib/auth/caller.ts';
import { errorCodes } from '../../../lib/model/error.ts';
import { policies } from '../../../lib/policies/policies.ts';

const OneOutcome = z.enum(['yes', 'listed', 'hidden', 'allowed', 'denied', ...errorCodes]);
/** How a call ends. */
export type Outcome = z.infer<typeof OneOutcome>;

/** Either for all clouds or for each. */
const Outcomes = z.union([OneOutcome, z.record(z.enum(Object.keys(policies)), OneOutcome)]);

export const columns = [
  'any',
  'own',
  'shared',
  'received',
  'public',
  'other',
  'missing',
  'limited',
  'closed',
  'unknown',
] as const;
export type Column = (typeof columns)[number];

const Row = z.strictObject({
  scopes: z.array(z.enum(scopes)),
  ...(Object.fromEntries(columns.map((column) => [column, Outcomes.optional()])) as Record<
    Column,
    z.ZodOptional<typeof Outcomes>
  >),
});
export type Row = z.infer<typeof Row>;

/** By group and route. */
export const table: Readonly<Record<string, Readonly<Record<string, Row>>>> = z
  .record(z.string(), z.record(z.string(), Row))
  .parse(parse(readFileSync(new URL('permissions.yaml', import.meta.url), 'utf8')));

export const rows: ReadonlyMap<string, Row> = new Map(Object.values(table).flatMap(Object.entries));

/** Returns the outcome under a policy. Throws if the row has none. */
export function outcomeIn(row: Row, column: Column, policy: string): Outcome {
  const outcomes = row[column] ?? (column === 'shared' ? row.own : column === 'missing' ? row.other : undefined);
  const outcome = typeof outcomes === 'object' ? outcomes[policy] : outcomes;
  if (outcome === undefined) {
    throw new Error(`The table has no outcome in the column ${column}`);
  }
  return outcome;
}

const SdkOutcome = z.string();
const SdkRow = z.strictObject({
  own: SdkOutcome,
  shared: SdkOutcome.optional(),
  received: SdkOutcome.optional(),
  public: SdkOutcome.optional(),
  other: SdkOutcome.optional(),
});
export type SdkRow = z.infer<typeof SdkRow>;

export const invalidKeys = ['unknown', 'deleted', 'disabled', 'forged', 'expired'] as const;

const SdkTable = z.strictObject({
  keys: z.partialRecord(z.enum(invalidKeys), SdkOutcome),
  actions: z.record(z.string(), SdkRow),
});

/** By cloud. */
export const sdkTable: Readonly<Record<string, z.infer<typeof SdkTable>>> = z
  .record(z.string(), SdkTable)
  .parse(parse(readFileSync(new URL('sdk-permissions.yaml', import.meta.url), 'utf8')));
