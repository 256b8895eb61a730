import type { PrincipalId } from '../model/ids.ts';

/** The kinds of callers, each with its own operations: tenants, compute platforms, and operators. */
export const scopes = ['tenant', 'compute', 'operator'] as const;
export type Scope = (typeof scopes)[number];

/** The caller, as proven by its credentials. */
export interface Caller {
  /** The user or application, unique within the issuer. */
  readonly subject: string;
  readonly account?: PrincipalId;
  /** The project that the credentials are bound to. */
  readonly project?: PrincipalId;
  readonly scopes: ReadonlySet<Scope>;
}

/** The name of a caller in records: `account/subject`, or only the subject if there is no account or both are the same. */
export const actorName = ({ account, subject }: Caller): string =>
  account === undefined || account === subject ? subject : `${account}/${subject}`;
