/** Parameters of several actions. As in ECS, unknown parameters are ignored. */
import * as z from 'zod';
import { Description as ModelDescription, Name as ModelName } from '../../model/fields.ts';
import { ImageId as ModelImageId, InstanceId as ModelInstanceId } from '../../model/ids.ts';
import type { Service } from '../service.ts';
import { type Fields, ProviderError } from '../wire.ts';
import { Flag, Integer, Text } from '../wire-fields.ts';
import { dryRunPassed } from './error-codes.ts';

export const ImageId = Text.pipe(ModelImageId);
export const InstanceId = Text.pipe(ModelInstanceId);
export const Name = Text.pipe(ModelName);
export const Description = Text.pipe(ModelDescription);

/** Dry run and idempotency. */
export const CallOptions = {
  DryRun: Flag.optional(),
  ClientToken: Text.pipe(z.string().max(64, 'must be at most 64 characters')).optional(),
};

export const countUpTo = (max: number) =>
  Integer.pipe(z.int().min(1, `must be an integer from 1 to ${max}`).max(max, `must be an integer from 1 to ${max}`));

/** A JSON list of ids in a string: `["i-1","i-2"]`. */
export const JsonIdList = Text.transform((text, context): string[] => {
  const ids = z.array(z.string()).max(100).safeParse(parseJson(text));
  if (ids.success) {
    return ids.data;
  }
  context.addIssue({ code: 'custom', message: 'must be a JSON list of at most 100 strings' });
  return z.NEVER;
});

/** Returns undefined for invalid JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * Runs a call with its dry-run and idempotency options. A dry run throws the error of the call or, if the call would succeed,
 * DryRunOperation, as ECS does.
 */
export async function runWithOptions(
  { DryRun, ClientToken }: { readonly DryRun?: boolean | undefined; readonly ClientToken?: string | undefined },
  service: Service,
  call: (service: Service) => Promise<Fields>,
): Promise<Fields> {
  if (DryRun === true) {
    await call(service.withOptions({ isDryRun: true }));
    throw new ProviderError(dryRunPassed);
  }
  return call(service.withOptions({ token: ClientToken }));
}
