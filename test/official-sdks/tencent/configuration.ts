/** How the cloud's official SDKs are pointed at the running service, as docs/clouds/tencent.md says. */

import type { Key } from '../../sdk/keys.ts';
import { region } from '../../sdk/tencent/calls.ts';
import { origin } from '../../support/service.ts';

// These SDKs take the proxy even for this machine, whatever no_proxy says.
delete process.env['http_proxy'];

/** How long the packages wait for a response, on a machine however busy. */
const timeoutSeconds = 120;

/** Without the protocol, as SDKs want it. */
export const endpoint = (): string => new URL(origin()).host;

export interface SdkOptions {
  readonly signMethod?: 'TC3-HMAC-SHA256' | 'HmacSHA256' | 'HmacSHA1';
  readonly reqMethod?: 'GET' | 'POST';
  readonly region?: string;
}

export const configurationOf = ({ keyId, secret }: Key, { region: inRegion = region, signMethod, reqMethod }: SdkOptions) => ({
  credential: { secretId: keyId, secretKey: secret },
  region: inRegion,
  profile: {
    ...(signMethod !== undefined && { signMethod }),
    httpProfile: {
      endpoint: endpoint(),
      protocol: 'http://',
      reqTimeout: timeoutSeconds,
      ...(reqMethod !== undefined && { reqMethod }),
    },
  },
});
