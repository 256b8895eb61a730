import { readFileSync } from 'node:fs';
import { XMLParser } from 'fast-xml-parser';
import type { ImageView } from '../../../lib/model/views.ts';
import { imageView } from '../../../lib/rules/views.ts';
import { imageFields } from '../../../lib/sdk/alibaba/image-view.ts';
import { rpcDialect, v3Dialect } from '../../../lib/sdk/alibaba/protocol.ts';
import type { Dialect, Fields, WireError, WireRequest } from '../../../lib/sdk/wire.ts';
import { anImageIn, aStamp, fixtureOf, imageId, noon, principals, sharedWith } from '../../support/builders.ts';

const golden = (name: string): string => readFileSync(new URL(`golden/${name}.txt`, import.meta.url), 'utf8').trimEnd();

const asking = (format?: string): WireRequest => ({
  method: 'GET',
  path: '/',
  query: format === undefined ? 'AccessKeyId=k' : `AccessKeyId=k&Format=${format}`,
  headers: { host: 'ecs.example.com:8080' },
  body: Buffer.alloc(0),
});

const place = fixtureOf('alibaba');
const image = anImageIn(place, {
  imageId: imageId('m-bp1g7004ksh0oeucabcd'),
  owner: '1234567890123456' as ImageView['owner'],
  name: 'web <1> & "2"',
  description: 'zwei\nZeilen ☃',
  tags: { role: 'web', stage: '' },
  disksGiB: [40, 100],
  recipients: sharedWith(principals(2)),
});
const shown = (visibility: 'owned' | 'shared', parts: Partial<typeof image> = {}): Fields =>
  imageFields(imageView({ ...image, ...parts }, visibility, { policy: place.policy, now: noon }));

const requestId = '66189103-edb2-43e2-bb60-bff2b62f4eb8';
const successes: readonly (readonly [string, string, Fields])[] = [
  [
    'describe-images',
    'DescribeImages',
    {
      TotalCount: 3,
      PageNumber: 1,
      PageSize: 10,
      RegionId: 'cn-hangzhou',
      Images: {
        Image: [
          shown('owned'),
          shown('shared', { owner: 'friend' as ImageView['owner'], tags: {}, disksGiB: [20], state: 'deprecated' }),
          shown('owned', { os: 'Windows Server 2022', state: 'copying', recipients: {}, disksGiB: [20], tags: {} }),
        ],
      },
    },
  ],
  [
    'describe-image-share-permission',
    'DescribeImageSharePermission',
    {
      TotalCount: 1,
      PageNumber: 1,
      PageSize: 10,
      RegionId: 'cn-hangzhou',
      ImageId: image.imageId,
      Accounts: { Account: [{ AliyunId: '1234567890', SharedTime: '2026-11-22T12:00:00Z' }] },
      ShareGroups: { ShareGroup: [] },
    },
  ],
  ['run-instances', 'RunInstances', { InstanceIdSets: { InstanceIdSet: ['i-1', 'i-2'] } }],
  ['delete-image', 'DeleteImage', {}],
];
const failures: readonly (readonly [string, WireError, string])[] = [
  ['not-found', rpcDialect.errors.codes.ImageNotFound, 'The specified ImageId does not exist.'],
  ['yourself', rpcDialect.errors.codes.RecipientIsOwner, 'The specified Account does not yourself.'],
  ['wrong-parameter', rpcDialect.errors.wrongParameter('ImageName', 'holds <b>\u0001</b>'), 'it holds <b>\u0001</b>'],
];

const forms: readonly (readonly [string, Dialect, WireRequest, string, string])[] = [
  ['V3', v3Dialect, asking('XML'), 'json', 'application/json;charset=utf-8'],
  ['RPC with Format=JSON', rpcDialect, asking('JSON'), 'json', 'application/json;charset=utf-8'],
  ['RPC with Format=json', rpcDialect, asking('json'), 'json', 'application/json;charset=utf-8'],
  ['RPC with Format=XML', rpcDialect, asking('XML'), 'xml', 'text/xml;charset=utf-8'],
  ['RPC without Format', rpcDialect, asking(), 'xml', 'text/xml;charset=utf-8'],
];

describe.each(forms)('an answer in %s', (_, dialect, request, extension, contentType) => {
  it.each(successes)('of success is as in golden/%s', (name, action, fields) => {
    expect(dialect.success(request, { action, fields, requestId })).toEqual({
      status: 200,
      headers: { 'content-type': contentType },
      body: golden(`${name}.${extension}`),
    });
  });

  it.each(failures)('of failure is as in golden/%s', (name, error, message) => {
    expect(dialect.failure(request, { error, message, requestId })).toEqual({
      status: error.status,
      headers: { 'content-type': contentType },
      body: golden(`${name}.${extension}`),
    });
  });
});

describe('the XML of answers', () => {
  it('says what the JSON says', () => {
    const isList = (name: string) => ['Image', 'DiskDeviceMapping', 'Tag', 'Account', 'InstanceIdSet'].includes(name);
    const parser = new XMLParser({ isArray: isList, parseTagValue: false, trimValues: false });
    for (const [name, action] of successes) {
      const asTexts = (value: unknown): unknown =>
        Array.isArray(value)
          ? value.map(asTexts)
          : typeof value !== 'object' || value === null
            ? String(value)
            : Object.values(value).flat().length === 0
              ? ''
              : Object.fromEntries(Object.entries(value).map(([field, one]) => [field, asTexts(one)]));

      const { [`${action}Response`]: root } = parser.parse(golden(`${name}.xml`).replace(/^<\?.*?\?>/, ''));
      expect(root).toEqual(asTexts(JSON.parse(golden(`${name}.json`))));
    }
  });
});

describe('an image as DescribeImages shows it', () => {
  const view = (parts: Partial<ImageView>) =>
    imageFields({ ...imageView(image, 'owned', { policy: place.policy, now: aStamp().at }), ...parts });

  it.each([
    ['1234567890123456', 1234567890123456],
    ['9007199254740991', 9007199254740991],
    ['9007199254740993', undefined],
    ['0123', undefined],
    ['friend', undefined],
  ])('tells the owner %s where JSON holds its number exactly, since the clients fail on a text', (owner, shownAs) => {
    expect(view({ owner: owner as ImageView['owner'] })['ImageOwnerId']).toBe(shownAs);
  });

  it.each([
    [2, 'True'],
    [0, 'False'],
    [undefined, ''],
  ])('tells of %p recipients as IsSelfShared %p', (shareCount, told) => {
    const { shareCount: _, ...shown } = imageView(image, 'owned', { policy: place.policy, now: noon });

    expect(imageFields({ ...shown, ...(shareCount !== undefined && { shareCount }) })['IsSelfShared']).toBe(told);
  });

  it.each([
    ['pending', 'Creating', '0%'],
    ['copying', 'Creating', '0%'],
    ['available', 'Available', '100%'],
    ['failed', 'CreateFailed', '0%'],
    ['deprecated', 'Deprecated', '100%'],
  ] as const)('that is %s has the status %s', (state, Status, Progress) => {
    expect(view({ state })).toMatchObject({ Status, Progress });
  });
});
