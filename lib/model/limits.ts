/**
 * Limits on images, requests, and IDs. Text is measured in UTF-8 bytes, as DynamoDB does. Together, the limits keep an image
 * item with a full list of recipients below 4,096 bytes, which is one strongly consistent read unit
 * (docs/decisions/0004-bounds-of-an-image.md).
 */
export const nameBytesMax = 128;
export const descriptionBytesMax = 768;
export const tagsMax = 16;
export const tagKeyBytesMax = 32;
export const tagValueBytesMax = 64;
export const tagsBytesMax = 1_024;
/** One system disk and up to 16 data disks. */
export const disksMax = 17;
export const diskGiBMax = 65_536;
export const osBytesMax = 32;
export const stateReasonBytesMax = 96;
export const regionLengthMax = 32;
export const imageIdLengthMax = 64;
export const instanceIdLengthMax = 64;
export const copyJobIdLengthMax = 64;
export const principalIdLengthMax = 20;
export const accessKeyIdLengthMax = 64;
/** `ACCOUNT/SUBJECT`. OpenID Connect limits subjects to 255 ASCII characters. */
export const actorBytesMax = principalIdLengthMax + 1 + 255;
export const idempotencyKeyLengthMax = 64;
/** Recipients in one request. Not the sharing limit, which is `recipientsPerImageMax` in the policy. */
export const recipientsPerCallMax = 50;
/** Destinations of one copy job: all copies are created in one transaction. */
export const destinationsPerJobMax = 10;
/** How long a copy job is stored. */
export const copyJobDays = 90;
/** Instances in one request: they are written in one transaction. */
export const instancesPerCallMax = 50;
export const trustedOwnersMax = 100;
/** Entries in the address book of an account: together below 1 MB, the most that one query returns. */
export const addressBookEntriesMax = 1_000;
export const noteBytesMax = 256;
export const blockedOwnersMax = 100;
/** Access keys per account, including disabled ones. */
export const accessKeysMax = 10;
/** How far back a usage period can start: tombstones of deleted images are stored for this long. */
export const usageDaysMax = 400;
export const pageLimitMax = 100;
export const pageLimitDefault = 25;
export const bodyBytesMax = 65_536;
