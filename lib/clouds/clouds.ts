import { alibabaPolicy } from './alibaba/policy.ts';
import type { Cloud } from './cloud.ts';
import { tencentPolicy } from './tencent/policy.ts';
import { ucloudPolicy } from './ucloud/policy.ts';

/** Every cloud whose rules the service knows, by the name that the regions' configuration uses. */
export const clouds: Readonly<Record<string, Cloud>> = {
  tencent: { policy: tencentPolicy },
  alibaba: { policy: alibabaPolicy },
  ucloud: { policy: ucloudPolicy },
};
