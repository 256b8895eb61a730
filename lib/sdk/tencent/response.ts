import type { Dialect, WireResponse } from '../wire.ts';

/** Errors have status 200 too: for any other status, the SDKs throw without the error code. */
const responseOf = (body: unknown): WireResponse => ({
  status: 200,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

/**
 * The envelope of API 3.0. Sources: https://www.tencentcloud.com/document/product/1238/64634 ("Responses"), and the SDKs for
 * Node, which read `Response.Error` only if the status is 200.
 */
export const envelope: Pick<Dialect, 'success' | 'failure'> = {
  success: (_, { fields, requestId }) => responseOf({ Response: { ...fields, RequestId: requestId } }),
  failure: (_, { error: { code }, message, requestId }) =>
    responseOf({ Response: { Error: { Code: code, Message: message }, RequestId: requestId } }),
};

/**
 * `codeDesc` by code. Sources: the examples of API 2.0 in the repositories tencentyun/qcloud-documents and intlcloud-documents
 * for success, 4000, and 4100. For other codes, the name of the same error in API 3.0.
 */
const codeDescs: Readonly<Record<string, string>> = {
  0: 'Success',
  4000: 'InvalidParameter',
  4100: 'AuthFailure',
  4101: 'UnauthorizedOperation',
  4102: 'UnauthorizedOperation',
  4104: 'AuthFailure',
  4300: 'UnauthorizedOperation',
  4400: 'LimitExceeded',
  4500: 'AuthFailure',
  5000: 'ResourceNotFound',
  5100: 'UnsupportedOperation',
  6000: 'InternalError',
  6100: 'InvalidAction',
  6200: 'ResourceUnavailable',
};

/**
 * The envelope of API 2.0. Its code is an integer, 0 for success. Source: https://cloud.tencent.com/document/api/213/6982 and
 * the pages of its actions.
 */
export const legacyEnvelope: Pick<Dialect, 'success' | 'failure'> = {
  success: (_, { fields }) => responseOf({ code: 0, message: '', codeDesc: codeDescs[0], ...fields }),
  failure: (_, { error: { code }, message }) => responseOf({ code: Number(code), message, codeDesc: codeDescs[code] }),
};
