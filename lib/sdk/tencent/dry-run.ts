import { ActionError, type ErrorCode, textOf } from '../../model/error.ts';
import type { Service } from '../service.ts';
import { type Step, validateThenRun } from '../validate-then-run.ts';
import { ProviderError } from '../wire.ts';

/**
 * Runs a single step. In a dry run, only validates it and returns undefined, because a call that would succeed gets only a
 * RequestId. Source: the parameter DryRun of RunInstances in github.com/TencentCloud/tencentcloud-sdk-go,
 * cvm/v20170312/models.go.
 */
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
