/** The requests of the calls that read, and the answers in their responses. */
import { checkImageAccess } from '../../functions/check-image-access.ts';
import { getCopyJob } from '../../functions/get-copy-job.ts';
import { getImage } from '../../functions/get-image.ts';
import { listCopyJobs } from '../../functions/list-copy-jobs.ts';
import { listImageShares } from '../../functions/list-image-shares.ts';
import { listImages } from '../../functions/list-images.ts';
import { listRecipients } from '../../functions/list-recipients.ts';
import { listShares } from '../../functions/list-shares.ts';
import { pageLimitMax } from '../../lib/model/limits.ts';
import type { Answer, Reading } from './call.ts';
import type { TestRequest } from './calls.ts';
import type { Fields, Names } from './names.ts';

export function requestToRead(call: Reading, names: Names): TestRequest {
  switch (call.do) {
    case 'check':
      return { action: checkImageAccess, fields: names.image(call.image), answerOf: ({ allowed }) => ({ allowed }) };
    case 'get':
      return { action: getImage, fields: names.image(call.image), answerOf: (image) => ({ view: viewOf(image, names) }) };
    case 'shares':
      return {
        action: listImageShares,
        fields: names.image(call.image),
        answerOf: ({ shares, plannedShares }) => ({
          ...listOf(shares, (share) => [names.name(share['recipient']), names.seconds(share['expiresAt'])], oldestShareFirst),
          planned: names.names((plannedShares as Fields | undefined)?.['recipients'] ?? []),
        }),
      };
    case 'list':
      return {
        action: listImages,
        fields: { ...pageOf(call), region: names.regionOf(call.region), ...(call.scope !== undefined && { scope: call.scope }) },
        list: 'images',
        answerOf: ({ images }) =>
          listOf(images, (image) => [names.numberOfImage(image), ...viewOf(image, names)], ownNewestThenSharedLatest),
      };
    case 'all-shares': {
      const isOneRecipient = call.recipient !== undefined;
      return {
        action: listShares,
        fields: { ...pageOf(call), ...(isOneRecipient && { recipient: names.principals([call.recipient])[0] }) },
        list: 'shares',
        answerOf: ({ shares }) =>
          listOf(
            shares,
            (share) => [names.numberOfImage(share), names.name(share['recipient']), names.seconds(share['expiresAt'])],
            isOneRecipient ? latestShareFirst : latestShareOfImageFirst,
          ),
      };
    }
    case 'recipients':
      return {
        action: listRecipients,
        fields: pageOf(call),
        list: 'recipients',
        answerOf: ({ recipients }) =>
          listOf(
            recipients,
            ({ recipient, shareCount, nextExpiresAt }) => [names.name(recipient), shareCount, names.seconds(nextExpiresAt)],
            (before, after) => textOf(before, 'recipient') < textOf(after, 'recipient'),
          ),
      };
    case 'jobs':
      return {
        action: listCopyJobs,
        fields: { ...pageOf(call), region: names.regionOf(call.region) },
        list: 'jobs',
        answerOf: ({ jobs }) =>
          listOf(
            jobs,
            (job) => [names.numberOfJob(job), names.numberOfImage(job), job['state']],
            (before, after) => textOf(before, 'createdAt') >= textOf(after, 'createdAt'),
          ),
      };
    case 'get-job':
      return { action: getCopyJob, fields: names.job(call.job), answerOf: (job) => jobIn(job, names) };
  }
}

/** A copy job, with what became of its copies and their shares. */
export const jobIn = ({ copies, ...job }: Fields, names: Names): Answer => ({
  job: names.numberOfJob(job),
  source: names.numberOfImage(job),
  state: job['state'],
  copies: (copies as Fields[]).map(({ recipients, ...copy }) => ({
    image: names.numberOfImage(copy),
    state: copy['state'],
    sharing: copy['sharing'],
    recipients: (recipients as Fields[]).map(({ recipient, state, code }) => [
      names.name(recipient),
      state,
      ...(code === undefined ? [] : [code]),
    ]),
  })),
});

const pageOf = ({ limit = pageLimitMax }: { readonly limit?: number }): Fields => ({ limit });

const viewOf = ({ state, visibility, shareCount, expiresAt }: Fields, names: Names): unknown[] => [
  state,
  visibility,
  visibility === 'owned' ? shareCount : names.seconds(expiresAt),
];

/** Whether an entry of a list can follow another one. */
type Order = (before: Fields, after: Fields) => boolean;

const listOf = (list: unknown, rowOf: (entry: Fields) => unknown[], canFollow: Order) => {
  const entries = list as Fields[];
  return {
    rows: entries.map(rowOf).sort(),
    isInOrder: entries.every((entry, index) => index === 0 || canFollow(entries[index - 1] as Fields, entry)),
  };
};

const textOf = (entry: Fields, name: string): string => String(entry[name]);
const oldestShareFirst: Order = (before, after) => textOf(before, 'sharedAt') <= textOf(after, 'sharedAt');
const latestShareFirst: Order = (before, after) => textOf(before, 'sharedAt') >= textOf(after, 'sharedAt');
const latestShareOfImageFirst: Order = (before, after) =>
  before['imageId'] !== after['imageId'] || latestShareFirst(before, after);
const ownNewestThenSharedLatest: Order = (before, after) =>
  before['visibility'] === after['visibility']
    ? before['visibility'] === 'shared'
      ? latestShareFirst(before, after)
      : textOf(before, 'createdAt') >= textOf(after, 'createdAt')
    : before['visibility'] === 'owned';
