import { noon, type PolicyFixture } from '../support/builders.ts';
import type { Api, Clients, Member } from '../support/client.ts';
import { accountsOf, type TestedService } from './calls.ts';

/** A service that is called over HTTP, with new accounts. */
export async function serviceOver(
  { freshMembers, compute }: Pick<Clients, 'freshMembers' | 'compute'>,
  { policy, ...fixture }: PolicyFixture,
): Promise<TestedService> {
  const names = accountsOf({ policy, ...fixture });
  const members = await freshMembers(names.length);
  const memberOf = new Map(names.map((name, index) => [name, members[index] as Member]));
  return {
    startedAt: noon,
    principalOf: (name) => memberOf.get(name)?.principalIn(policy) ?? name,
    pass: async () => {},
    cleanUp: async () => {},
    async send(action, fields, account) {
      const api: Api | undefined = account === undefined ? compute() : memberOf.get(account);
      const { status, body } = (await api?.try(action, fields as Record<string, unknown>)) ?? {};
      const { code } = (body ?? {}) as { code?: string };
      return status !== undefined && status < 400 ? ((body ?? {}) as Record<string, unknown>) : (code ?? 'no answer');
    },
  };
}
