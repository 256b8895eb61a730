import type { Dialect, Fields, WireRequest, WireResponse } from '../wire.ts';
import { parameterValue, requestParameters } from './request.ts';
import { elementsOf } from './xml.ts';

/** Selects the format of the response to a request. */
export type FormatOf = (request: WireRequest) => 'json' | 'xml';

/** For the V3 protocol, which has no other format. */
export const alwaysJson: FormatOf = () => 'json';

/** The format that the parameter `Format` names, in any case. XML if it is missing or unknown. */
export const requestedFormat: FormatOf = (request) =>
  parameterValue(requestParameters(request), 'Format')?.toLowerCase() === 'json' ? 'json' : 'xml';

/**
 * Builds responses: flat fields, the request ID in uppercase, and an HTTP error status for errors.
 *
 * Source: ECS API reference, response formats (alibabacloud.com/help/doc-detail/185871.htm).
 */
export const responsesIn = (formatOf: FormatOf): Pick<Dialect, 'success' | 'failure'> => ({
  success: (request, { action, fields, requestId }) =>
    wireResponse(formatOf(request), 200, `${action}Response`, { RequestId: requestId.toUpperCase(), ...fields }),
  failure: (request, { error, message, requestId }) =>
    wireResponse(formatOf(request), error.status ?? 400, 'Error', {
      RequestId: requestId.toUpperCase(),
      HostId: request.headers['host'] ?? '',
      Code: error.code,
      Message: message,
    }),
});

/** The official SDKs accept XML only with exactly this content type. */
const wireResponse = (format: 'json' | 'xml', status: number, root: string, fields: Fields): WireResponse =>
  format === 'json'
    ? { status, headers: { 'content-type': 'application/json;charset=utf-8' }, body: JSON.stringify(fields) }
    : {
        status,
        headers: { 'content-type': 'text/xml;charset=utf-8' },
        body: `<?xml version="1.0" encoding="UTF-8"?>${elementsOf(root, fields)}`,
      };
