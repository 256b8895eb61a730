import { ActionError, type ErrorCode, textOf } from '../../model/error.ts';
import type { ImageId } from '../../model/ids.ts';
import type { ImageView } from '../../model/views.ts';
import type { Service } from '../service.ts';
import { ProviderError } from '../wire.ts';

type Step<Result> = (service: Service) => Promise<Result>;

/**
 * Runs the steps of a call one after the other. Several steps are validated first, so that a call fails before it has changed
 * anything where possible. A dry run only validates and returns nothing, because a call that would succeed gets only a RequestId.
 * Source: the parameter DryRun of RunInstances in github.com/TencentCloud/tencentcloud-sdk-go, cvm/v20170312/models.go.
 */
export async function validateThenRun<Result>(
  service: Service,
  isDryRun: boolean,
  steps: readonly Step<Result>[],
): Promise<Result[]> {
  if (isDryRun || steps.length > 1) {
    for (const step of steps) {
      await step(service.withOptions({ isDryRun: true }));
    }
  }
  if (isDryRun) {
    return [];
  }
  const results: Result[] = [];
  for (const step of steps) {
    results.push(await step(service));
  }
  return results;
}

/** Runs a single step, or only validates it and returns undefined in a dry run. */
export async function validateOrRun<Result>(
  service: Service,
  isDryRun: boolean,
  step: Step<Result>,
): Promise<Result | undefined> {
  const [result] = await validateThenRun(service, isDryRun, [step]);
  return result;
}

/** Runs the body of an action that reports some errors with other codes than the rest of its product. */
export async function mapErrorCodes<Result>(
  codes: Readonly<Partial<Record<ErrorCode, string>>>,
  run: () => Promise<Result>,
): Promise<Result> {
  try {
    return await run();
  } catch (failure) {
    const code = failure instanceof ActionError ? codes[failure.code] : undefined;
    throw code === undefined ? failure : new ProviderError({ code, message: textOf((failure as ActionError).details) });
  }
}

/** Returns undefined if the caller can't see such an image. */
export async function findImage(service: Service, imageId: ImageId): Promise<ImageView | undefined> {
  try {
    return await service.getImage(imageId);
  } catch (failure) {
    if (failure instanceof ActionError && failure.code === 'ImageNotFound') {
      return undefined;
    }
    throw failure;
  }
}
