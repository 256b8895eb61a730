import { alibabaPolicy } from '../policies/alibaba.ts';
import { tencentPolicy } from '../policies/tencent.ts';
import { ucloudPolicy } from '../policies/ucloud.ts';
import { alibabaProtocol } from './alibaba/protocol.ts';
import type { Cloud } from './cloud.ts';
import { tencentProtocol } from './tencent/protocol.ts';
import { ucloudProtocol } from './ucloud/protocol.ts';

/** All supported clouds. Code that needs only the policies imports policies.ts, which is far smaller. */
export const clouds: readonly Cloud[] = [
  { policy: tencentPolicy, protocol: tencentProtocol },
  { policy: alibabaPolicy, protocol: alibabaProtocol },
  { policy: ucloudPolicy, protocol: ucloudProtocol },
];
