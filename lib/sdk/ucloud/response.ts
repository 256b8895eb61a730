import type { Dialect, Fields, WireResponse } from '../wire.ts';
import { actionOf } from './request.ts';

/**
 * Builds a response. The status is always 200, because SDKs drop the body of any other. The request ID is only in a header.
 * Sources: https://docs.ucloud.cn/api/summary/public; the SDKs' transports.
 */
const responseOf = (requestId: string, fields: Fields): WireResponse => ({
  status: 200,
  headers: { 'content-type': 'application/json', 'x-ucloud-request-uuid': requestId },
  body: JSON.stringify(fields),
});

const actionField = (action: string): Fields => ({ Action: `${action}Response` });

export const success: Dialect['success'] = (_, { action, fields, requestId }) =>
  responseOf(requestId, { RetCode: 0, ...actionField(action), ...fields });

export const failure: Dialect['failure'] = (request, { error, message, requestId }) => {
  const action = actionOf(request);
  // Repeats only what could be the name of an action.
  const actionFields = action !== undefined && /^\w{1,64}$/.test(action) && actionField(action);
  return responseOf(requestId, { RetCode: Number(error.code), ...actionFields, Message: message });
};
