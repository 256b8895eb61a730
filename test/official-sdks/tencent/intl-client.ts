/** CVM with tencentcloud-sdk-nodejs-intl-en, which signs with HmacSHA256 by default. */
import intl from 'tencentcloud-sdk-nodejs-intl-en';
import type { Key } from '../../sdk/keys.ts';
import { type Call, region } from '../../sdk/tencent/calls.ts';
import { endpoint, type SdkOptions } from './configuration.ts';

export function intlCalls({ keyId, secret }: Key, { signMethod, region: inRegion = region }: SdkOptions = {}): Call {
  const { Credential, HttpProfile, ClientProfile } = intl.common;
  const http = new HttpProfile();
  http.endpoint = endpoint();
  http.protocol = 'http://';
  const profile = new ClientProfile();
  profile.httpProfile = http;
  profile.signMethod = signMethod ?? profile.signMethod;
  const { Client, Models } = intl.cvm.v20170312;
  const client = new Client(new Credential(keyId, secret), inRegion, profile);
  return (action, parameters = {}) =>
    new Promise((resolve, reject) => {
      const Request = Models[`${action}Request`];
      const method = client[action];
      if (Request === undefined || method === undefined) {
        throw new Error(`The SDK has no ${action}`);
      }
      const request = new Request();
      request.from_json_string(JSON.stringify(parameters));
      method.call(client, request, (failure, response) => (failure === null ? resolve(response) : reject(failure)));
    });
}
