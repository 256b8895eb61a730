import { readFileSync } from 'node:fs';
import type * as z from 'zod';
import { eventDetails, eventTypes, type ImageEvent } from '../../lib/model/events.ts';
import type { ChangeRecord, RecordAction } from '../../lib/model/record.ts';
import { eventOf } from '../../lib/rules/events.ts';
import { serviceActor } from '../../lib/rules/records.ts';
import { actions } from '../../scripts/actions.ts';
import { eventsDocument } from '../../scripts/events-document.ts';
import { imageId, noon, noonSeconds, principal, region } from '../support/builders.ts';

const [friend, guest] = [principal('friend'), principal('guest')];
const source = { region: region('ap-shanghai'), imageId: imageId('img-00000009') };

const aRecord = (parts: Partial<ChangeRecord> = {}): ChangeRecord => ({
  id: 'record-1',
  at: noon,
  actor: 'alice',
  from: '192.0.2.1',
  action: 'UpdateImage',
  region: region('ap-guangzhou'),
  imageId: imageId('img-00000001'),
  requestId: 'request-1',
  principal: principal('owner'),
  principalKind: 'account',
  ...parts,
});

/** The fields of every event for the record above. */
const common = {
  id: 'record-1',
  sequence: 7,
  at: '2026-11-22T12:00:00.000Z',
  region: 'ap-guangzhou',
  imageId: 'img-00000001',
  owner: 'owner',
  actor: 'alice',
  requestId: 'request-1',
};

/** Parses the event's detail with its schema, which must know every field. */
const parseDetail = ({ type, detail }: ImageEvent) => (eventDetails[type] as z.ZodObject).strict().parse(detail);

const cases: Readonly<Record<RecordAction, [record: Partial<ChangeRecord>, type: string, detail: object]>> = {
  ImportImage: [{}, 'ImageImported', {}],
  CopyImage: [{ source }, 'ImageCopied', { source }],
  SaveSharedImage: [{ source }, 'ImageSaved', { source }],
  CreateImageFromInstance: [{ source }, 'ImageCreated', { source }],
  PutPublicImage: [{ principal: principal('public') }, 'PublicImagePut', { owner: 'public' }],
  UpdateImage: [{ changes: ['name'], state: 'deprecated' }, 'ImageUpdated', { changes: ['name'], state: 'deprecated' }],
  ReportImageState: [{ state: 'failed' }, 'ImageStateReported', { state: 'failed' }],
  PlanImageShares: [{ recipients: [friend, guest] }, 'ImageSharesPlanned', { recipients: ['friend', 'guest'] }],
  DropPlannedShares: [{ recipients: [friend] }, 'PlannedSharesDropped', { recipients: ['friend'] }],
  ShareImage: [
    { recipients: [friend, guest], rescheduled: [guest], endsAt: noonSeconds, previousEnds: { [guest]: 0 } },
    'ImageShared',
    {
      recipients: ['friend', 'guest'],
      rescheduled: ['guest'],
      expiresAt: '2026-11-22T12:00:00.000Z',
      previousExpirations: { guest: null },
    },
  ],
  CancelImageShares: [
    { recipients: [friend], reason: 'left' },
    'ImageShareCancelled',
    { recipients: ['friend'], reason: 'left' },
  ],
  SetImageShares: [
    { recipients: [friend, guest], added: [friend], endsAt: 0 },
    'ImageSharesSet',
    { recipients: ['friend', 'guest'], added: ['friend'], removed: ['guest'], expiresAt: null },
  ],
  ChangeImageShares: [
    { recipients: [friend, guest], added: [guest] },
    'ImageSharesChanged',
    { recipients: ['friend', 'guest'], added: ['guest'], removed: ['friend'] },
  ],
  ExpireImageShares: [
    { recipients: [friend], actor: serviceActor },
    'ImageShareExpired',
    { recipients: ['friend'], actor: 'service' },
  ],
  DeleteImage: [{ recipients: [friend] }, 'ImageDeleted', { recipients: ['friend'] }],
  DeletePublicImage: [{ principal: principal('public') }, 'ImageDeleted', { owner: 'public' }],
};

describe('eventOf', () => {
  it.each(Object.entries(cases))('creates the event of %s as its schema describes', (action, [record, type, detail]) => {
    const event = eventOf(aRecord({ action: action as RecordAction, ...record }), 7);

    expect(event).toEqual({ type, detail: { ...common, ...detail } });
    expect(parseDetail(event)).toEqual(event.detail);
  });

  it('creates the event of a deleted image without recipients', () => {
    expect(parseDetail(eventOf(aRecord({ action: 'DeleteImage' }), 7))).toEqual(common);
  });

  it.each([
    [[friend, guest], []],
    [[], [friend, guest]],
  ])('lists added and removed recipients when the list was replaced: %j, %j', (added, removed) => {
    const record = aRecord({ action: 'SetImageShares', recipients: [friend, guest], added });

    expect(parseDetail(eventOf(record, 7))).toMatchObject({ added, removed });
  });

  it.each(Object.keys(cases))('never contains the source IP of the caller of %s', (action) => {
    const [record] = cases[action as RecordAction];

    expect(JSON.stringify(eventOf(aRecord({ action: action as RecordAction, ...record }), 7))).not.toContain('192.0.2.1');
  });
});

describe('eventTypes', () => {
  it('uses action names, except for changes that are part of others or that the service makes by itself', async () => {
    const names = new Set((await actions()).map(({ action }) => action.name));

    expect(Object.keys(eventTypes).filter((name) => !names.has(name))).toEqual([
      'PlanImageShares',
      'DropPlannedShares',
      'ExpireImageShares',
    ]);
  });
});

describe('eventsDocument', () => {
  interface Schema {
    readonly anyOf: readonly { readonly properties: Readonly<Record<string, { const?: string; $ref?: string }>> }[];
    readonly $defs: Readonly<Record<string, { properties: object; required: string[]; additionalProperties?: unknown }>>;
  }
  const { anyOf, $defs } = eventsDocument() as unknown as Schema;
  const types = [...new Set<string>(Object.values(eventTypes))];

  it('describes each type of event once, by its source and type', () => {
    expect(anyOf.map(({ properties }) => properties['detail-type']?.const).sort()).toEqual(types.toSorted());
    expect(new Set(anyOf.map(({ properties }) => properties['source']?.const))).toEqual(new Set(['image-share']));
    expect(anyOf.map(({ properties }) => properties['detail']?.$ref).sort()).toEqual(
      types.map((type) => `#/$defs/${type}`).sort(),
    );
  });

  it.each(types)('lists the fields of every %s, and allows additional ones', (type) => {
    expect($defs[type]?.required).toEqual(expect.arrayContaining(Object.keys(common)));
    expect($defs[type]).not.toHaveProperty('additionalProperties');
    expect($defs[type]?.properties).not.toHaveProperty('from');
  });

  it('defines every schema that it references', () => {
    const references = [...JSON.stringify({ anyOf, $defs }).matchAll(/"#\/\$defs\/(\w+)"/g)].map(([, name]) => name as string);

    expect(references.filter((name) => !Object.hasOwn($defs, name))).toEqual([]);
  });
});

describe('docs/events.md', () => {
  const page = readFileSync('docs/events.md', 'utf8');
  const [example, , line] = [...page.matchAll(/```json\n(.*?)```/gs)].map(([, json = '']) => JSON.parse(json));

  it('lists every event type', () => {
    expect(Object.values(eventTypes).filter((type) => !page.includes(`| \`${type}\` |`))).toEqual([]);
  });

  it('shows an event that matches its schema, in both forms', () => {
    const detail = parseDetail({ type: example['detail-type'], detail: example.detail });

    expect(line).toEqual({ event: example['detail-type'], ...detail });
  });
});
