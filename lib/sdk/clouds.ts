import { alibabaPolicy } from '../policies/alibaba.ts';
import { tencentPolicy } from '../policies/tencent.ts';
import { ucloudPolicy } from '../policies/ucloud.ts';
import { recognizes as isAlibabaRequest } from './alibaba/recognize.ts';
import type { Cloud } from './cloud.ts';
import { recognizes as isTencentRequest } from './tencent/request.ts';
import { recognizes as isUcloudRequest } from './ucloud/request.ts';

/** All supported clouds. Code that needs only the policies imports policies.ts, which is far smaller. */
export const clouds: readonly Cloud[] = [
  {
    policy: tencentPolicy,
    recognizes: isTencentRequest,
    protocol: async () => (await import('./tencent/protocol.ts')).tencentProtocol,
  },
  {
    policy: alibabaPolicy,
    recognizes: isAlibabaRequest,
    protocol: async () => (await import('./alibaba/protocol.ts')).alibabaProtocol,
  },
  {
    policy: ucloudPolicy,
    recognizes: isUcloudRequest,
    protocol: async () => (await import('./ucloud/protocol.ts')).ucloudProtocol,
  },
];
