/** Parameters that several actions take. What an action does not name means nothing here, and is ignored as ECS does. */
import * as z from 'zod';
import { Description as ModelDescription, Name as ModelName } from '../../model/fields.ts';
import { ImageId as ModelImageId, InstanceId as ModelInstanceId } from '../../model/ids.ts';
import type { Service } from '../service.ts';
import { type Fields, ProviderError } from '../wire.ts';
import { Flag, Text, Whole } from '../wire-fields.ts';
import { dryRunPassed } from './error-codes.ts';

export const ImageId = Text.pipe(ModelImageId);
export const InstanceId = Text.pipe(ModelInstanceId);
export const Name = Text.pipe(ModelName);
export const Description = Text.pipe(ModelDescription);

/** How a call is made: as a question, or once for one token. */
export const CallOptions = {
  DryRun: Flag.optional(),
  ClientToken: Text.pipe(z.string().max(64, 'must be at most 64 characters')).optional(),
};

/** A number of things, at most so many. */
export const upTo = (max: number) =>
  Whole.pipe(z.int().min(1, `must be a whole number from 1 to ${max}`).max(max, `must be a whole number from 1 to ${max}`));

/** Ids in one text, as a JSON list: `["i-1","i-2"]`. */
export const IdsInJson = Text.transform((text, context): string[] => {
  const ids = z.array(z.string()).max(100).safeParse(jsonOf(text));
  if (ids.success) {
    return ids.data;
  }
  context.addIssue({ code: 'custom', message: 'must be a JSON list of at most 100 texts' });
  return z.NEVER;
});

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * Makes the call as it asks to be made. One that is only asked for is refused as it would be, and else with DryRunOperation:
 * that is how ECS tells that it would succeed.
 */
export async function withOptions(
  { DryRun, ClientToken }: { readonly DryRun?: boolean | undefined; readonly ClientToken?: string | undefined },
  service: Service,
  call: (service: Service) => Promise<Fields>,
): Promise<Fields> {
  if (DryRun === true) {
    await call(service.as({ isDryRun: true }));
    throw new ProviderError(dryRunPassed);
  }
  return call(service.as({ token: ClientToken }));
}
