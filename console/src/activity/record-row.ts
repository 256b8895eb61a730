import type { components } from '../api/schema.d.ts';
import { formatTime } from '../components/format-time.ts';
import type { commonTexts } from '../texts/common.ts';
import type { RecordTexts } from './record-texts.ts';

export type ImageRecord = components['schemas']['Record'];

/** A record as the texts to show. */
export interface RecordRow extends Pick<ImageRecord, 'id' | 'at' | 'region' | 'imageId' | 'requestId'> {
  readonly who: string;
  readonly what: string;
  readonly about: string;
  readonly from: string;
}

interface Texts {
  /** The name to show for an ID. Absent: the ID itself. */
  readonly nameOf?: ((id: string) => string) | undefined;
  readonly records: RecordTexts;
  readonly common: (typeof commonTexts)['en'];
}

const asIs = (id: string): string => id;

/** The actor of changes that nobody requested, such as expirations. */
const serviceActor = 'service';
/** The actor of changes that the compute platform reports. */
const computeActor = 'compute';

/** Owners can't be recipients, so a record that names the principal is about a share that the principal received. */
const isReceived = ({ recipients = [] }: ImageRecord, principal: string | undefined): boolean =>
  recipients.some((recipient) => recipient === principal);

/** If a record has no `added`, its action says whether its recipients were added or removed. */
function changesIn({ action, recipients = [], added, rescheduled = [] }: ImageRecord) {
  const others = recipients.filter((one) => !rescheduled.includes(one));
  const isAdded = (one: string) => (added === undefined ? action === 'ShareImage' : added.includes(one));
  return { added: others.filter(isAdded), removed: others.filter((one) => !isAdded(one)), rescheduled };
}

/** What a change means for a recipient. Undefined if it doesn't change the recipient's access. */
function receivedText(record: ImageRecord, { received }: RecordTexts): string | undefined {
  const { added, rescheduled } = changesIn(record);
  switch (record.action) {
    case 'ShareImage':
    case 'SetImageShares':
    case 'ChangeImageShares':
      return added.length > 0 ? received.added : rescheduled.length > 0 ? received.rescheduled : received.removed;
    case 'CancelImageShares':
      return record.reason === 'left' ? received.left : received.removed;
    case 'ExpireImageShares':
      return received.expired;
    case 'DeleteImage':
      return received.deleted;
    case 'ReportImageState':
      return record.state === 'failed' ? received.failed : undefined;
    default:
      return undefined;
  }
}

/** Whether an edit only deprecated the image, or only ended its deprecation. */
const isDeprecation = ({ action, state, changes = [] }: ImageRecord): boolean =>
  action === 'UpdateImage' && state !== undefined && changes.length === 0;

function ownText(record: ImageRecord, texts: RecordTexts): string {
  const { action, reason, state } = record;
  if (reason !== undefined) {
    return texts.stopReasons[reason];
  }
  if (isDeprecation(record)) {
    return state === 'deprecated' ? texts.deprecated : texts.restored;
  }
  return texts.actionNames[action] ?? action;
}

function aboutText(record: ImageRecord, isOwn: boolean, { records, common, nameOf = asIs }: Texts, idsMax: number): string {
  const idsText = (ids: readonly string[]) => {
    const shown = ids.slice(0, idsMax).join(common.listSeparator);
    return ids.length > idsMax ? records.andMore(shown, ids.length - idsMax) : shown;
  };
  const timeText = (at: string | null) => (at === null ? records.never : formatTime(at));
  const { recipients = [], added, expiresAt, previousExpirations = {}, state, source } = record;
  const { rescheduled, ...others } = changesIn(record);
  const withPrevious = (id: string) => {
    const before = previousExpirations[id];
    return before === undefined ? nameOf(id) : records.previously(nameOf(id), timeText(before));
  };
  return [
    isOwn &&
      (added === undefined && rescheduled.length === 0
        ? recipients.length > 0 && records.allRecipients(idsText(recipients.map(nameOf)), recipients.length)
        : records.recipients(
            idsText(others.added.map(nameOf)),
            idsText(others.removed.map(nameOf)),
            idsText(rescheduled.map(withPrevious)),
          )),
    expiresAt !== undefined && (expiresAt !== null || rescheduled.length > 0) && records.expires(timeText(expiresAt)),
    record.changes && records.changed(record.changes.map((one) => records.details[one]).join(common.listSeparator)),
    state && !isDeprecation(record) && common.imageStates[state],
    source && records.sourceImage(source.imageId, source.region),
  ]
    .filter(Boolean)
    .join(common.space);
}

/**
 * The only place that puts records into words. `principal` is the account or project that the records are of. `idsMax` shortens
 * long lists of recipients.
 */
export function recordRow(
  record: ImageRecord,
  principal: string | undefined,
  texts: Texts,
  idsMax = Number.POSITIVE_INFINITY,
): RecordRow {
  const { id, at, region, imageId, requestId, actor, from = '' } = record;
  const { records, nameOf = asIs } = texts;
  const [account = ''] = actor.split('/');
  const isOwn = !isReceived(record, principal);
  return {
    id,
    at,
    region,
    imageId,
    requestId,
    who:
      actor === serviceActor
        ? records.service
        : actor === computeActor
          ? records.compute
          : nameOf(account) + actor.slice(account.length),
    what: (isOwn ? undefined : receivedText(record, records)) ?? ownText(record, records),
    about: aboutText(record, isOwn, texts, idsMax),
    from,
  };
}
