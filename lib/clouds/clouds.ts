import { alibabaPolicy } from './alibaba/policy.ts';
import { alibabaProtocol } from './alibaba/protocol.ts';
import type { Cloud } from './cloud.ts';
import { tencentPolicy } from './tencent/policy.ts';
import { tencentProtocol } from './tencent/protocol.ts';
import { ucloudPolicy } from './ucloud/policy.ts';
import { ucloudProtocol } from './ucloud/protocol.ts';

/** Every cloud with what its SDKs speak. Who wants the policies alone takes policies.ts, which is far smaller. */
export const clouds: readonly Cloud[] = [
  { policy: tencentPolicy, protocol: tencentProtocol },
  { policy: alibabaPolicy, protocol: alibabaProtocol },
  { policy: ucloudPolicy, protocol: ucloudProtocol },
];
