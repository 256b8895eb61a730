import type { PrincipalId } from '../model/ids.ts';

/** What a token lets its bearer do: a tenant's calls, a compute platform's, an operator's. */
export const scopes = ['tenant', 'compute', 'operator'] as const;
export type Scope = (typeof scopes)[number];

/** Who makes a call, as its credentials prove. */
export interface Caller {
  /** The person or program, unique at the issuer. */
  readonly subject: string;
  readonly account?: PrincipalId;
  /** The project that the credentials are bound to. */
  readonly project?: PrincipalId;
  readonly scopes: ReadonlySet<Scope>;
}

/** How a caller is named in records: its account, and the subject where that says more. */
export const actorOf = ({ account, subject }: Caller): string =>
  account === undefined || account === subject ? subject : `${account}/${subject}`;
