import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { Action } from '../app/action.ts';
import type { VerifyToken } from '../auth/access-token.ts';
import { type Caller, scopes } from '../auth/caller.ts';
import { ActionError } from '../model/error.ts';

/** The caller of an action that requires no token. */
const anonymous: Caller = { subject: 'anonymous', scopes: new Set() };

/**
 * Authenticates the caller of an HTTP request by the access token in its `Authorization` header, and checks that a scope of the
 * token permits the action. Requests of the clouds' SDKs are signed instead: see lib/sdk/authenticate.ts. Throws Unauthenticated
 * and Forbidden, and what `verifyToken` throws.
 */
export async function authenticate(
  { name, callers }: Pick<Action, 'name' | 'callers'>,
  { headers }: Pick<APIGatewayProxyEventV2, 'headers'>,
  verifyToken: () => VerifyToken,
): Promise<Caller> {
  if (callers.length === 0) {
    return anonymous;
  }
  const [, token] = /^Bearer +([^ ]+) *$/i.exec(headers['authorization'] ?? '') ?? [];
  if (token === undefined) {
    throw new ActionError('Unauthenticated', { detail: 'Provide an access token: "Authorization: Bearer TOKEN".' });
  }
  const caller = withScopesOfProject(await verifyToken()(token));
  if (!callers.some((scope) => caller.scopes.has(scope))) {
    const granted = scopes.filter((scope) => caller.scopes.has(scope));
    const limited = caller.project === undefined ? '' : ` It is limited to project ${caller.project}.`;
    throw new ActionError('Forbidden', {
      detail: `${name} requires the ${callers.join(' or ')} scope. This token has ${granted.length === 0 ? 'no scopes for this service' : `only the ${granted.join(' and ')} scope`}.${limited}`,
    });
  }
  return caller;
}

/** A project neither operates the service nor runs its instances: a token that is limited to one has the tenant scope at most. */
const withScopesOfProject = (caller: Caller): Caller =>
  caller.project === undefined
    ? caller
    : { ...caller, scopes: new Set([...caller.scopes].filter((scope) => scope === 'tenant')) };
