/** Parameters and headers that the HTTP layer accepts for all actions of a kind. */
import * as z from 'zod';
import type { Action } from '../app/action.ts';
import { Flag } from '../model/fields.ts';
import { PrincipalId } from '../model/ids.ts';
import { idempotencyKeyLengthMax } from '../model/limits.ts';

/** Query parameters for all actions: `dryRun` for changes, `project` for tenants. */
export const CommonQuery = z.strictObject({
  dryRun: Flag.optional().meta({ description: 'Checks whether the call would succeed, and changes nothing.' }),
  project: PrincipalId.optional().meta({
    description:
      "The project to act as, in regions where images belong to projects. Default: the project of the token, or else the account's default project. Ignored in other regions.",
  }),
});

/** Whether a call accepts a project to act as: tenants can specify it, unless the path specifies the account. */
export const acceptsProject = ({ callers }: Pick<Action, 'callers'>, path: Readonly<Record<string, unknown>>): boolean =>
  callers.includes('tenant') && path['accountId'] === undefined;

/** Header for all changes. */
export const ChangeHeaders = z.strictObject({
  'Idempotency-Key': z
    .string()
    .max(idempotencyKeyLengthMax)
    .regex(/^[\x21-\x7e]+$/, 'must be visible ASCII characters without spaces')
    .meta({
      description: 'For 24 hours, repeating the request with the same key returns the first response and has no further effect.',
    }),
});

const etagForm = '(?:W/)?"[\\x21\\x23-\\x7e]*"';

/** Header for edits that can require a revision. */
export const EditHeaders = z.strictObject({
  'If-Match': z
    .string()
    .regex(new RegExp(`^(\\*|${etagForm}(\\s*,\\s*${etagForm})*)$`), 'must be "*" or a list of ETags')
    .meta({ description: 'ETags of revisions, which can be weak. If the image has another revision, the call fails.' }),
});

/**
 * Returns the revisions in `If-Match`. Undefined for `*`. Weak ETags count, because proxies that compress responses weaken the
 * ETags of this service, whose revisions are exact. A tag that is not a revision matches nothing.
 */
export const revisionsIn = (ifMatch: string): readonly number[] | undefined =>
  ifMatch === '*'
    ? undefined
    : [...ifMatch.matchAll(/"([^"]*)"/g)].flatMap(([, tag = '']) => (/^[1-9]\d*$/.test(tag) ? Number(tag) : []));
