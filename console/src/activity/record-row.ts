import type { Schemas } from '../api/client.ts';
import type { commonTexts } from '../texts/common.ts';
import type { RecordTexts } from './record-texts.ts';

export type ImageRecord = Schemas['Record'];

/** A record in words. Each field is shown as it is. */
export interface RecordRow extends Pick<ImageRecord, 'id' | 'at' | 'region' | 'imageId' | 'requestId'> {
  readonly who: string;
  readonly what: string;
  readonly about: string;
  readonly from: string;
}

/** Whose activity it is. */
export interface Viewer {
  readonly accountId: string;
  /** The account or project that the records are of. */
  readonly principal: string | undefined;
}

interface Texts {
  readonly records: RecordTexts;
  readonly common: (typeof commonTexts)['en'];
}

/** The actor of changes that nobody requested, such as expirations. */
const serviceActor = 'service';
/** The actor of changes that the compute platform reports. */
const computeActor = 'compute';

/** An actor is `ACCOUNT` or `ACCOUNT/SUBJECT`. */
const accountOf = (actor: string): string | undefined => actor.split('/')[0];

/** Owners can't be recipients, so a record that names the viewer is about a share that the viewer received. */
const isReceived = ({ recipients = [] }: ImageRecord, { principal }: Viewer): boolean =>
  recipients.some((recipient) => recipient === principal);

/** The added, removed, and rescheduled recipients. */
function changesIn({ action, recipients = [], added, rescheduled = [] }: ImageRecord) {
  const others = recipients.filter((one) => !rescheduled.includes(one));
  const isAdded = (one: string) => (added === undefined ? action === 'ShareImage' : added.some((id) => id === one));
  return { added: others.filter(isAdded), removed: others.filter((one) => !isAdded(one)), rescheduled };
}

function receivedText(record: ImageRecord, { accountId }: Viewer, { received, actionNames }: RecordTexts): string {
  const { added, rescheduled } = changesIn(record);
  switch (record.action) {
    case 'ShareImage':
    case 'SetImageShares':
    case 'ChangeImageShares':
      return added.length > 0 ? received.added : rescheduled.length > 0 ? received.rescheduled : received.removed;
    case 'CancelImageShares':
      return accountOf(record.actor) === accountId ? received.left : received.removed;
    case 'ExpireImageShares':
      return received.expired;
    case 'DeleteImage':
      return received.deleted;
    case 'ReportImageState':
      return record.state === 'failed' ? received.failed : (actionNames[record.action] ?? record.action);
    default:
      return actionNames[record.action] ?? record.action;
  }
}

/** Only owners and recipients can stop sharing. */
const isLeaving = ({ action, actor }: ImageRecord, { accountId }: Viewer): boolean =>
  action === 'CancelImageShares' && accountOf(actor) !== accountId;

function aboutText(record: ImageRecord, isOwn: boolean, { records, common }: Texts, idsMax: number): string {
  const idsText = (ids: readonly string[]) => {
    const shown = ids.slice(0, idsMax).join(common.listSeparator);
    return ids.length > idsMax ? records.andMore(shown, ids.length - idsMax) : shown;
  };
  const { recipients = [], added, rescheduled, state, source } = record;
  const changes = changesIn(record);
  return [
    isOwn &&
      (added === undefined && rescheduled === undefined
        ? idsText(recipients)
        : records.changes(idsText(changes.added), idsText(changes.removed), idsText(changes.rescheduled))),
    state && common.imageStates[state],
    source && records.sourceImage(source.imageId, source.region),
  ]
    .filter(Boolean)
    .join(' ');
}

/** The only place that puts records into words. `idsMax` shortens long lists of recipients. */
export function recordRow(record: ImageRecord, viewer: Viewer, texts: Texts, idsMax = Number.POSITIVE_INFINITY): RecordRow {
  const { id, at, region, imageId, requestId, actor, action, from = '' } = record;
  const { records } = texts;
  const isOwn = !isReceived(record, viewer);
  return {
    id,
    at,
    region,
    imageId,
    requestId,
    who: actor === serviceActor ? records.service : actor === computeActor ? records.compute : actor,
    what: !isOwn
      ? receivedText(record, viewer, records)
      : isLeaving(record, viewer)
        ? records.recipientLeft
        : (records.actionNames[action] ?? action),
    about: aboutText(record, isOwn, texts, idsMax),
    from,
  };
}
