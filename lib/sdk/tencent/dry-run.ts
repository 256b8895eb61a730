import { ActionError, type ErrorCode, textOf } from '../../model/error.ts';
import type { Service } from '../service.ts';
import { ProviderError } from '../wire.ts';

/** A part of what a call asks for. */
type Part<Done> = (service: Service) => Promise<Done>;

/**
 * Does the parts of a call one after the other. Where there are several, each of them is asked for beforehand, so that
 * nothing is half done where that can be told. With DryRun they are asked for only: that they would succeed the cloud tells
 * as a failure.
 */
export async function validateThenRun<Done>(service: Service, isDryRun: boolean, parts: readonly Part<Done>[]): Promise<Done[]> {
  if (isDryRun || parts.length > 1) {
    for (const part of parts) {
      await part(service.as({ isDryRun: true }));
    }
  }
  if (isDryRun) {
    throw new ProviderError({ code: 'DryRunOperation', message: 'The request would have succeeded, but DryRun is set.' });
  }
  const done: Done[] = [];
  for (const part of parts) {
    done.push(await part(service));
  }
  return done;
}

/** Does one thing, or asks for it. */
export async function validateOrRun<Done>(service: Service, isDryRun: boolean, part: Part<Done>): Promise<Done> {
  const [done] = await validateThenRun(service, isDryRun, [part]);
  return done as Done;
}

/** Does something whose refusals an action tells by other codes than its product does. */
export async function mapErrorCodes<Done>(
  codes: Readonly<Partial<Record<ErrorCode, string>>>,
  work: () => Promise<Done>,
): Promise<Done> {
  try {
    return await work();
  } catch (failure) {
    const code = failure instanceof ActionError ? codes[failure.code] : undefined;
    throw code === undefined ? failure : new ProviderError({ code, message: textOf((failure as ActionError).details) });
  }
}

/** What was found, or undefined where there is no such image. */
export async function found<Found>(work: Promise<Found>): Promise<Found | undefined> {
  try {
    return await work;
  } catch (failure) {
    if (failure instanceof ActionError && failure.code === 'ImageNotFound') {
      return undefined;
    }
    throw failure;
  }
}
