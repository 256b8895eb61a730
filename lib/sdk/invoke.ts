import type * as z from 'zod';
import type { Action } from '../app/action.ts';
import { type Call, contextOf } from '../app/context.ts';
import type { World } from '../app/dependencies.ts';
import { fieldsOf } from '../http/parse.ts';

/** An action as a caller in this process needs it; what it answers is what its schema says. */
export type Invocable<Answer extends z.ZodType = z.ZodType> = Omit<
  Action<z.ZodObject, z.ZodObject, z.ZodObject, Answer>,
  'run'
> & { run(request: never, context: never): Promise<unknown> };

/** What the actions of one request have in common. */
export interface Invoking extends Omit<Call, 'action' | 'idempotency'> {
  /** The key under which the answer of this call is kept and given again. */
  readonly key?: string | undefined;
}

/** Makes the call of an action, with its fields by name as the wire states them. Refuses with InvalidRequest and as it does. */
export async function invoke<Answer extends z.ZodType>(
  action: Invocable<Answer>,
  fields: Readonly<Record<string, unknown>>,
  world: World,
  { key, ...call }: Invoking,
): Promise<z.output<Answer>> {
  const request = fieldsOf(action, fields);
  const context = contextOf(world, {
    ...call,
    action: action.name,
    idempotency: key === undefined ? undefined : { key, request },
  });
  return (await action.run(request as never, context as never)) as z.output<Answer>;
}
