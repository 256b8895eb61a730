import { XMLBuilder } from 'fast-xml-parser';
import type { Dialect, Fields, WireRequest, WireResponse } from '../wire.ts';
import { statedIn, statedValue } from './request.ts';

/** In which form an answer is written. */
export type FormatOf = (request: WireRequest) => 'json' | 'xml';

/** The V3 protocol knows no other. */
export const alwaysJson: FormatOf = () => 'json';

/** As `Format` asks, in any case; XML where it asks for nothing, or for what there is not. */
export const asFormatAsks: FormatOf = (request) =>
  statedValue(statedIn(request), 'Format')?.toLowerCase() === 'json' ? 'json' : 'xml';

/**
 * How answers are written: flat, with the request's id in upper case, and failures by the HTTP status.
 *
 * Source: ECS API reference, response formats (alibabacloud.com/help/doc-detail/185871.htm).
 */
export const responsesIn = (formatOf: FormatOf): Pick<Dialect, 'success' | 'failure'> => ({
  success: (request, { action, fields, requestId }) =>
    written(formatOf(request), 200, `${action}Response`, { RequestId: requestId.toUpperCase(), ...fields }),
  failure: (request, { error, message, requestId }) =>
    written(formatOf(request), error.status ?? 400, 'Error', {
      RequestId: requestId.toUpperCase(),
      HostId: request.headers['host'] ?? '',
      Code: error.code,
      Message: message,
    }),
});

const builder = new XMLBuilder({ suppressEmptyNode: false });

/** The official clients take XML only under exactly this content type. */
const written = (format: 'json' | 'xml', status: number, root: string, fields: Fields): WireResponse =>
  format === 'json'
    ? { status, headers: { 'content-type': 'application/json;charset=utf-8' }, body: JSON.stringify(fields) }
    : {
        status,
        headers: { 'content-type': 'text/xml;charset=utf-8' },
        body: `<?xml version="1.0" encoding="UTF-8"?>${withoutForbidden(builder.build({ [root]: fields }))}`,
      };

/** Without the characters that XML 1.0 has no way to write. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out.
const withoutForbidden = (xml: string): string => xml.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '');
