/** Parameters of several actions. As in ECS, unknown parameters are ignored. */
import * as z from 'zod';
import { Description as ModelDescription, Name as ModelName } from '../../model/fields.ts';
import { ImageId as ModelImageId, InstanceId as ModelInstanceId } from '../../model/ids.ts';
import { idempotencyKeyLengthMax } from '../../model/limits.ts';
import type { Service } from '../service.ts';
import { type Fields, ProviderError } from '../wire.ts';
import { Flag, Integer, Text } from '../wire-fields.ts';
import { dryRunPassed, type EcsError, ownError } from './error-codes.ts';

export const ImageId = Text.pipe(ModelImageId);
export const InstanceId = Text.pipe(ModelInstanceId);
export const Name = Text.pipe(ModelName);
export const Description = Text.pipe(ModelDescription);

/** Dry run and idempotency. */
export const CallOptions = {
  DryRun: Flag.optional(),
  ClientToken: Text.pipe(
    z.string().max(idempotencyKeyLengthMax, `must be at most ${idempotencyKeyLengthMax} characters`),
  ).optional(),
};

export const countUpTo = (max: number) =>
  Integer.pipe(z.int().min(1, `must be an integer from 1 to ${max}`).max(max, `must be an integer from 1 to ${max}`));

const idsMax = 100;

/** A JSON list of ids in a string: `["i-1","i-2"]`. */
export const JsonIdList = Text.transform((text, context): string[] => {
  const ids = z.array(z.string()).min(1).max(idsMax).safeParse(parseJson(text));
  if (ids.success) {
    return ids.data;
  }
  context.addIssue({ code: 'custom', message: `must be a JSON list of 1 to ${idsMax} strings` });
  return z.NEVER;
});

/** A list of IDs in a string, separated by commas. */
export const IdList = Text.transform((text, context): string[] => {
  const ids = listIn(text);
  if (ids.length >= 1 && ids.length <= idsMax) {
    return ids;
  }
  context.addIssue({ code: 'custom', message: `must be a list of 1 to ${idsMax} IDs, separated by commas` });
  return z.NEVER;
});

/** Splits a list at its commas. Drops spaces and empty entries. */
export const listIn = (text: string): string[] =>
  text
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');

/** One of the values that the cloud documents. `error`: the error for other values, if it isn't the one in errors.ts. */
export const oneOf = <const Value extends string>(values: readonly Value[], error?: EcsError) =>
  Text.transform((text, context): Value => {
    const value = values.find((candidate) => candidate === text);
    if (value !== undefined) {
      return value;
    }
    context.addIssue({
      code: 'custom',
      message: `must be ${new Intl.ListFormat('en', { type: 'disjunction' }).format(values)}`,
      params: { ...(error && ownError(error)) },
    });
    return z.NEVER;
  });

/**
 * A documented parameter for something that the service doesn't do. Only values that ask for nothing are accepted. `reason`
 * completes "the parameter ...".
 */
export const unsupported = (reason: string, ...harmless: readonly string[]) =>
  z
    .unknown()
    .refine((value) => harmless.includes(String(value).toLowerCase()), reason)
    .optional();

export const noResourceGroup = unsupported("isn't supported, because there are no resource groups");
export const noImageFamily = unsupported("isn't supported: this service has no image families");
export const notEncrypted = unsupported('must be false, because disks have the encryption of the image', 'false');
export const noEncryptionKey = unsupported("isn't supported, because disks have the encryption of the image");

/** For actions without a dry run: they must not be executed when one is requested. */
export const NoDryRun = { DryRun: unsupported("isn't supported by this action", 'false') };

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
