import type { Reply } from '../wire-request.ts';

/** Returns the code of an error, or undefined for a success. Throws if the response doesn't have the cloud's format. */
export function errorCodeOf({ status, headers, text }: Reply): string | undefined {
  const contentType = headers.get('content-type');
  if (contentType === 'text/xml;charset=utf-8') {
    return /<Error><RequestId>[0-9A-Z-]+<\/RequestId>.*<Code>([^<]+)<\/Code>/s.exec(text)?.[1];
  }
  const body = contentType === 'application/json;charset=utf-8' ? JSON.parse(text) : undefined;
  if (typeof body?.RequestId !== 'string' || (status === 200) !== (body.Code === undefined)) {
    throw new Error(`Not a response of Alibaba Cloud: ${status} ${text.slice(0, 1_000)}`);
  }
  return body.Code;
}
