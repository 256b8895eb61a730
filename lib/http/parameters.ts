/** What the stack takes for every action of a kind, besides what the action itself takes. */
import * as z from 'zod';
import type { Action } from '../app/action.ts';
import { Flag } from '../model/fields.ts';
import { PrincipalId } from '../model/ids.ts';
import { idempotencyKeyLengthMax } from '../model/limits.ts';

/** Parameters of the query that the stack takes for every action of their kind. */
export const QueryOfEveryCall = z.strictObject({
  dryRun: Flag.optional().meta({ description: 'Checks whether the call would succeed, and changes nothing.' }),
  project: PrincipalId.optional().meta({
    description:
      "In project regions: the project to act as. Default: the token's, else the account's default project. Ignored in account regions.",
  }),
});

/** Whether a call takes the project to act as: a tenant's does, unless its path names the account that it is about. */
export const takesProject = ({ callers }: Pick<Action, 'callers'>, path: Readonly<Record<string, unknown>>): boolean =>
  callers.includes('tenant') && path['accountId'] === undefined;

/** The header that the stack takes for every change. */
export const HeaderOfChanges = z.strictObject({
  'Idempotency-Key': z
    .string()
    .max(idempotencyKeyLengthMax)
    .regex(/^[\x21-\x7e]+$/, 'must be visible ASCII characters without spaces'),
});

const etagForm = '(?:W/)?"[\\x21\\x23-\\x7e]*"';

/** The header that the stack takes for every edit that can be bound to a revision. */
export const HeaderOfEdits = z.strictObject({
  'If-Match': z
    .string()
    .regex(new RegExp(`^(\\*|${etagForm}(\\s*,\\s*${etagForm})*)$`), 'must be "*" or a list of ETags')
    .meta({ description: 'ETags of revisions. If the image has another revision, the call fails.' }),
});

/**
 * The revisions that `If-Match` names; undefined for `*`. Weak ETags count, because proxies that compress responses weaken the
 * ETags of this service, whose revisions are exact. A tag that is not a revision matches nothing.
 */
export const revisionsIn = (ifMatch: string): readonly number[] | undefined =>
  ifMatch === '*'
    ? undefined
    : [...ifMatch.matchAll(/"([^"]*)"/g)].flatMap(([, tag = '']) => (/^[1-9]\d*$/.test(tag) ? Number(tag) : []));
