import type { Dialect, Fields, WireResponse } from '../wire.ts';
import { actionOf } from './request.ts';

/**
 * Answers of UCloud: HTTP 200 whatever happened, since its SDKs lose the body of any other, and the request's id in a
 * header alone. Source: https://docs.ucloud.cn/api/summary/public; the SDKs' transports.
 */
const responseOf = (requestId: string, fields: Fields): WireResponse => ({
  status: 200,
  headers: { 'content-type': 'application/json', 'x-ucloud-request-uuid': requestId },
  body: JSON.stringify(fields),
});

const actionName = (action: string): Fields => ({ Action: `${action}Response` });

export const success: Dialect['success'] = (_, { action, fields, requestId }) =>
  responseOf(requestId, { RetCode: 0, ...actionName(action), ...fields });

export const failure: Dialect['failure'] = (request, { error, message, requestId }) => {
  const action = actionOf(request);
  // Only what may be an action's name is repeated.
  const named = action !== undefined && /^\w{1,64}$/.test(action) && actionName(action);
  return responseOf(requestId, { RetCode: Number(error.code), ...named, Message: message });
};
