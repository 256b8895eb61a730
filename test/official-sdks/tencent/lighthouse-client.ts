/** Lighthouse with the CommonClient of tencentcloud-sdk-nodejs-common. */
import { CommonClient } from 'tencentcloud-sdk-nodejs-common';
import type { Key } from '../../sdk/keys.ts';
import type { Call } from '../../sdk/tencent/calls.ts';
import { configurationOf, type SdkOptions } from './configuration.ts';

export function lighthouseCalls(key: Key, options: SdkOptions = {}): Call {
  const client = new CommonClient('lighthouse.tencentcloudapi.com', '2020-03-24', configurationOf(key, options));
  return async (action, parameters = {}) => client.request(action, parameters);
}
