/** Configures the official SDKs for the running service, as docs/clouds/tencent.md describes. */
import type { Key } from '../../sdk/keys.ts';
import { region } from '../../sdk/tencent/calls.ts';
import { origin } from '../../support/service.ts';

// These SDKs ignore no_proxy and would use the proxy even for localhost.
delete process.env['http_proxy'];

/** Long enough for a busy machine. */
const timeoutSeconds = 120;

/** Without the protocol, as the SDKs expect. */
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
