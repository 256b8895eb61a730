import type { Policy } from '../model/policy.ts';
import { alibabaPolicy } from './alibaba/policy.ts';
import { tencentPolicy } from './tencent/policy.ts';
import { ucloudPolicy } from './ucloud/policy.ts';

/** Every cloud whose rules the service knows, by the name that the regions' configuration uses. */
export const policies: Readonly<Record<string, Policy>> = {
  tencent: tencentPolicy,
  alibaba: alibabaPolicy,
  ucloud: ucloudPolicy,
};
