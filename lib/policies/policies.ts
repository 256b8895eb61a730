import type { Policy } from '../model/policy.ts';
import { alibabaPolicy } from './alibaba.ts';
import { tencentPolicy } from './tencent.ts';
import { ucloudPolicy } from './ucloud.ts';

/** Every cloud whose rules the service knows, by the name that the regions' configuration uses. */
export const policies: Readonly<Record<string, Policy>> = {
  tencent: tencentPolicy,
  alibaba: alibabaPolicy,
  ucloud: ucloudPolicy,
};
