import type { ErrorCode } from '../model/error.ts';

/** How each refusal stands on the wire: HTTP status and the title of its problem document. */
export const statuses: Readonly<Record<ErrorCode, { readonly status: number; readonly title: string }>> = {
  InvalidRequest: { status: 400, title: 'The request is not valid' },
  Unauthenticated: { status: 401, title: 'Who calls is not proven' },
  Forbidden: { status: 403, title: 'The caller may not do this' },
  NotOwner: { status: 403, title: 'Only the owner may do this' },
  ImageNotFound: { status: 404, title: 'No such image' },
  InstanceNotFound: { status: 404, title: 'No such instance' },
  RegionNotFound: { status: 404, title: 'No such region' },
  AccountNotFound: { status: 404, title: 'No such account' },
  ProjectNotFound: { status: 404, title: 'No such project' },
  RouteNotFound: { status: 404, title: 'No such route' },
  ImageNotShareable: { status: 409, title: 'The image cannot be shared' },
  RecipientNotFound: { status: 409, title: 'No such recipient' },
  RecipientIsOwner: { status: 409, title: 'The owner is no recipient' },
  RiskNotAcknowledged: { status: 409, title: 'The risk of sharing is not acknowledged' },
  ShareCapExceeded: { status: 409, title: 'Too many recipients' },
  ImageShared: { status: 409, title: 'The image is shared' },
  ImageQuotaExceeded: { status: 409, title: 'Too many images' },
  ImageNotUsable: { status: 409, title: 'The image cannot be used in this way' },
  AccountInUse: { status: 409, title: 'The holder still owns something' },
  AccountClosed: { status: 409, title: 'The holder is closed' },
  IdempotencyKeyReused: { status: 409, title: 'The Idempotency-Key was used for another request' },
  PreconditionFailed: { status: 412, title: 'It has changed meanwhile' },
  Internal: { status: 500, title: 'Something went wrong here' },
  Unavailable: { status: 503, title: 'Not available at this moment' },
};
