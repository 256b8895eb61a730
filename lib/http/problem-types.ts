import type { ErrorCode } from '../model/error.ts';

/**
 * The HTTP status and the title of each error code, as in problem documents. The codes are part of the API, so they stay, even
 * where a title is more precise: `Account...` also means projects, and `Key...` means access keys.
 */
export const problemTypes: Readonly<Record<ErrorCode, { readonly status: number; readonly title: string }>> = {
  InvalidRequest: { status: 400, title: 'Invalid request' },
  Unauthenticated: { status: 401, title: 'Authentication required' },
  Forbidden: { status: 403, title: 'Access denied' },
  NotOwner: { status: 403, title: 'Only the image owner can do this' },
  ImageNotFound: { status: 404, title: 'Image not found' },
  InstanceNotFound: { status: 404, title: 'Instance not found' },
  RegionNotFound: { status: 404, title: 'Region not found' },
  AccountNotFound: { status: 404, title: 'Account not found' },
  ProjectNotFound: { status: 404, title: 'Project not found' },
  CopyJobNotFound: { status: 404, title: 'Copy job not found' },
  KeyNotFound: { status: 404, title: 'Access key not found' },
  RouteNotFound: { status: 404, title: 'Not found' },
  ImageNotShareable: { status: 409, title: "Image can't be shared" },
  // Not 404, because the path exists: only the body names the recipient.
  RecipientNotFound: { status: 409, title: 'Recipient not found' },
  RecipientIsOwner: { status: 409, title: "Can't share with the image owner" },
  RecipientDoesNotAccept: { status: 409, title: "Recipient doesn't accept images from this owner" },
  RiskNotAcknowledged: { status: 409, title: 'Confirmation required' },
  ShareCapExceeded: { status: 409, title: 'Sharing limit exceeded' },
  ImageShared: { status: 409, title: 'Image is shared' },
  ImageQuotaExceeded: { status: 409, title: 'Image quota exceeded' },
  KeyQuotaExceeded: { status: 409, title: 'Access key quota exceeded' },
  AddressBookFull: { status: 409, title: 'Address book is full' },
  ImageNotUsable: { status: 409, title: "Image can't be used" },
  AccountInUse: { status: 409, title: 'Account or project still has resources' },
  AccountClosed: { status: 409, title: 'Account or project is closed' },
  IdempotencyKeyReused: { status: 409, title: 'Idempotency key already used' },
  PreconditionFailed: { status: 412, title: 'Resource was modified' },
  Internal: { status: 500, title: 'Internal error' },
  Unavailable: { status: 503, title: 'Service unavailable' },
};
