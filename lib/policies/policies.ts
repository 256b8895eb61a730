import type { Policy } from '../model/policy.ts';
import { alibabaPolicy } from './alibaba.ts';
import { tencentPolicy } from './tencent.ts';
import { ucloudPolicy } from './ucloud.ts';

/** All supported clouds, by the policy name that REGIONS uses. */
export const policies: Readonly<Record<string, Policy>> = {
  tencent: tencentPolicy,
  alibaba: alibabaPolicy,
  ucloud: ucloudPolicy,
};
