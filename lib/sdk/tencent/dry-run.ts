import type { Service } from '../service.ts';
import { type Step, validateThenRun } from '../validate-then-run.ts';

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
