import type { PrincipalId } from '../model/ids.ts';

/**
 * The scopes that an access token can have. Each permits its own operations: those of tenants (owners and recipients), of compute
 * platforms, and of operators.
 */
export const scopes = ['tenant', 'compute', 'operator'] as const;
export type Scope = (typeof scopes)[number];

/** The caller of an action: who it is and what it is permitted to do, according to its access token or access key. */
export interface Caller {
  /** The user or application (`sub` of the token), the ID of the access key that signed the request, or `anonymous`. */
  readonly subject: string;
  /** Absent for callers without an account, such as operators and anonymous callers. */
  readonly account?: PrincipalId;
  /** The only project that the credentials can act as. Absent if they aren't limited to a project. */
  readonly project?: PrincipalId;
  readonly scopes: ReadonlySet<Scope>;
}

/**
 * The name of a caller in records: `account/subject`, or only the subject if it has no account or the same ID. Tokens of the local
 * OpenID Connect provider have the same ID.
 */
export const actorName = ({ account, subject }: Caller): string =>
  account === undefined || account === subject ? subject : `${account}/${subject}`;
