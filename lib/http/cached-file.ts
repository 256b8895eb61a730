import { createHash } from 'node:crypto';
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';

/** A file in one encoding, ready to send. */
export interface CachedFile {
  readonly contentType: string;
  readonly contentEncoding?: 'br' | 'gzip' | undefined;
  readonly body: Buffer;
  /** Quoted, and specific to the encoding. */
  readonly etag: string;
}

export const etagOf = (body: Buffer): string => `"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`;

/** Whether an Accept-Encoding header accepts the encoding, that is, lists it without a weight of zero. */
export const accepts = (acceptEncoding = '', coding: string): boolean =>
  acceptEncoding
    .split(',')
    .map((entry) =>
      entry
        .toLowerCase()
        .split(';')
        .map((part) => part.trim()),
    )
    .some(([name, weight = '']) => name === coding && !/^q=0(\.0*)?$/.test(weight));

/** Creates the Lambda response: 304 if the client has the file, even if a proxy weakened its ETag. */
export function fileResponse(
  { contentType, contentEncoding, body, etag }: CachedFile,
  ifNoneMatch: string | undefined,
  headers: Readonly<Record<string, string>>,
): APIGatewayProxyStructuredResultV2 {
  const allHeaders = {
    ...headers,
    'content-type': contentType,
    etag,
    vary: 'accept-encoding',
    ...(contentEncoding !== undefined && { 'content-encoding': contentEncoding }),
  };
  return ifNoneMatch?.includes(etag)
    ? { statusCode: 304, headers: allHeaders }
    : { statusCode: 200, headers: allHeaders, body: body.toString('base64'), isBase64Encoded: true };
}
