/** A valid, signed request for each action of the clouds' SDKs. */

import { ecsActions } from '../../../lib/sdk/alibaba/actions.ts';
import { legacyActions } from '../../../lib/sdk/tencent/legacy/actions.ts';
import { ucloudActions } from '../../../lib/sdk/ucloud/actions.ts';
import type { WireAction, WireRequest } from '../../../lib/sdk/wire.ts';
import { errorCodeOf as alibabaCode } from '../../sdk/alibaba/error-code.ts';
import { flatten } from '../../sdk/alibaba/in-process.ts';
import { inSeconds, v3Request } from '../../sdk/alibaba/signing.ts';
import type { Key } from '../../sdk/keys.ts';
import { allActions, type Product, productVersions } from '../../sdk/tencent/actions.ts';
import { errorCodeOf as tencentCode } from '../../sdk/tencent/error-code.ts';
import { signV1, signV3 } from '../../sdk/tencent/signing.ts';
import { errorCodeOf as ucloudCode } from '../../sdk/ucloud/error-code.ts';
import { shapes } from '../../sdk/ucloud/requests.ts';
import type { Reply } from '../../sdk/wire-request.ts';
import { freshId } from '../../support/client.ts';
import type { World } from './world.ts';

type Parameters = Readonly<Record<string, unknown>>;

/** What a call is about: an image, and an instance if the action needs one. */
export interface SdkSubject {
  readonly world: World;
  readonly imageId: string;
  readonly instanceId: string;
}

export interface SdkCall {
  readonly action: string;
  readonly parameters: Parameters;
  readonly key: Key;
  /** The project that the call names. */
  readonly project?: string;
  readonly region: string;
  readonly host: string;
  readonly at: Date;
}

/** How one cloud's SDKs call, and the parameters of each action. */
export interface SdkCloud {
  /** As in sdk-permissions.yaml. */
  readonly name: string;
  readonly policy: string;
  readonly actions: Readonly<Record<string, WireAction>>;
  readonly parameters: Readonly<Record<string, (subject: SdkSubject) => Parameters>>;
  readonly sign: (call: SdkCall) => WireRequest;
  /** Returns undefined for a success. */
  readonly errorCodeOf: (reply: Reply) => string | undefined;
}

/** Lighthouse has other IDs for the same images. */
const blueprintOf = (imageId: string): string => imageId.replace(/^img-/, 'lhbp-');
const stranger = ({ world }: SdkSubject): string => world.principalOf('stranger');
const image = ({ imageId }: SdkSubject) => ({ ImageId: imageId });

const tencentResource = ({ world: { fixture }, imageId }: SdkSubject): string => `qcs::cvm:${fixture.region}::image/${imageId}`;
const tencentTag = { TagKey: 'team', TagValue: 'web' };

/** Named by product and action: products have actions with the same name. */
const tencent: SdkCloud = {
  name: 'tencent',
  policy: 'tencent',
  actions: Object.fromEntries(allActions.map(([product, action, definition]) => [`${product} ${action}`, definition])),
  parameters: {
    'cvm CreateImage': ({ instanceId }) => ({ InstanceId: instanceId, ImageName: 'new' }),
    'cvm DeleteImages': ({ imageId }) => ({ ImageIds: [imageId] }),
    'cvm DescribeImageFromFamily': () => ({ ImageFamily: 'web' }),
    'cvm DescribeImageQuota': () => ({}),
    'cvm DescribeImageSharePermission': image,
    'cvm DescribeImages': ({ imageId }) => ({ ImageIds: [imageId] }),
    'cvm DescribeImportImageOs': () => ({}),
    'cvm DescribeInstances': ({ instanceId }) => ({ InstanceIds: [instanceId] }),
    'cvm DescribeRegions': () => ({}),
    'cvm DescribeZones': () => ({}),
    'cvm ImportImage': () => ({
      Architecture: 'x86_64',
      OsType: 'CentOS',
      OsVersion: '7',
      ImageUrl: 'https://images-1250000000.cos.ap-guangzhou.myqcloud.com/web.qcow2',
      ImageName: 'new',
    }),
    'cvm ModifyImageAttribute': (subject) => ({ ...image(subject), ImageName: 'new' }),
    'cvm ModifyImageSharePermission': (subject) => ({ ...image(subject), AccountIds: [stranger(subject)], Permission: 'SHARE' }),
    'cvm ResetInstance': (subject) => ({ ...image(subject), InstanceId: subject.instanceId }),
    'cvm RunInstances': image,
    'cvm SyncImages': ({ imageId, world }) => ({ ImageIds: [imageId], DestinationRegions: [world.fixture.otherRegion] }),
    'cvm TerminateInstances': ({ instanceId }) => ({ InstanceIds: [instanceId] }),
    'cvm DescribeSnapshots': ({ imageId }) => ({ SnapshotIds: [imageId.replace(/^img-/, 'snap-')] }),
    'lighthouse CancelShareBlueprintAcrossAccounts': (subject) => ({
      BlueprintId: blueprintOf(subject.imageId),
      AccountIds: [subject.world.principalOf('recipient')],
    }),
    'lighthouse DeleteBlueprints': ({ imageId }) => ({ BlueprintIds: [blueprintOf(imageId)] }),
    'lighthouse DescribeBlueprints': ({ imageId }) => ({ BlueprintIds: [blueprintOf(imageId)] }),
    'lighthouse DescribeBlueprintsShareAcrossAccountInfos': ({ imageId }) => ({ BlueprintIds: [blueprintOf(imageId)] }),
    'lighthouse DescribeImagesToShare': ({ imageId }) => ({ ImageIds: [imageId] }),
    'lighthouse ModifyBlueprintAttribute': ({ imageId }) => ({ BlueprintId: blueprintOf(imageId), BlueprintName: 'new' }),
    'lighthouse ModifyImageSharePermission': (subject) => ({ ...image(subject), Permission: 'SHARE' }),
    'lighthouse ShareBlueprintAcrossAccounts': (subject) => ({
      BlueprintId: blueprintOf(subject.imageId),
      AccountIds: [stranger(subject)],
    }),
    'tag AddResourceTag': (subject) => ({ Resource: tencentResource(subject), TagKey: 'new', TagValue: 'new' }),
    'tag DeleteResourceTag': (subject) => ({ Resource: tencentResource(subject), TagKey: 'team' }),
    'tag DescribeResourceTags': ({ imageId, world: { fixture } }) => ({
      ServiceType: 'cvm',
      ResourcePrefix: 'image',
      ResourceId: imageId,
      ResourceRegion: fixture.region,
    }),
    'tag DescribeResourceTagsByResourceIds': ({ imageId, world: { fixture } }) => ({
      ServiceType: 'cvm',
      ResourcePrefix: 'image',
      ResourceIds: [imageId],
      ResourceRegion: fixture.region,
    }),
    'tag GetResources': (subject) => ({ ResourceList: [tencentResource(subject)] }),
    'tag ModifyResourceTags': (subject) => ({
      Resource: tencentResource(subject),
      ReplaceTags: [{ TagKey: 'new', TagValue: 'new' }],
    }),
    'tag TagResources': (subject) => ({ ResourceList: [tencentResource(subject)], Tags: [{ TagKey: 'new', TagValue: 'new' }] }),
    'tag UnTagResources': (subject) => ({ ResourceList: [tencentResource(subject)], TagKeys: ['team'] }),
    'tag UpdateResourceTagValue': (subject) => ({ Resource: tencentResource(subject), ...tencentTag }),
  },
  sign({ action: name, parameters, key, region, host, at }) {
    const [product = '', action = ''] = name.split(' ');
    const version = productVersions[product as Product];
    return signV3({ host, action, version, region, timestamp: at.getTime() / 1_000, body: JSON.stringify(parameters) }, key);
  },
  errorCodeOf: tencentCode,
};

let nonces = 0;

const tencentLegacy: SdkCloud = {
  name: 'tencent API 2.0',
  policy: 'tencent',
  actions: legacyActions,
  parameters: {
    CancelShareImage: ({ imageId, world }) => ({ imageId, 'uinList.0': world.principalOf('recipient') }),
    ShareImage: (subject) => ({ imageId: subject.imageId, 'uinList.0': stranger(subject) }),
  },
  sign({ action, parameters, key, region, host, at }) {
    const path = '/v2/index.php';
    nonces += 1;
    const common = {
      Action: action,
      Region: region,
      SecretId: key.keyId,
      Timestamp: String(at.getTime() / 1_000),
      Nonce: String(nonces),
    };
    const form = signV1(
      { ...common, ...(parameters as Record<string, string>) },
      { method: 'POST', host, path, secret: key.secret },
    );
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    return { method: 'POST', path, query: '', headers, body: Buffer.from(form) };
  },
  errorCodeOf: tencentCode,
};

const ecsTags = (subject: SdkSubject) => ({ ResourceType: 'image', ResourceId: [subject.imageId] });
const oldTags = (subject: SdkSubject) => ({ ResourceType: 'image', ResourceId: subject.imageId });

const alibaba: SdkCloud = {
  name: 'alibaba',
  policy: 'alibaba',
  actions: ecsActions,
  parameters: {
    ModifyImageSharePermission: (subject) => ({ ...image(subject), AddAccount: [stranger(subject)] }),
    DescribeImageSharePermission: image,
    DescribeImages: (subject) => ({ ...image(subject), ImageOwnerAlias: '' }),
    CopyImage: (subject) => ({ ...image(subject), DestinationRegionId: subject.world.fixture.otherRegion }),
    CancelCopyImage: image,
    DeleteImage: image,
    CreateImage: ({ instanceId }) => ({ InstanceId: instanceId, ImageName: 'new' }),
    ImportImage: () => ({ ImageName: 'new', DiskDeviceMapping: [{ OSSBucket: 'bucket', OSSObject: 'web.raw' }] }),
    ModifyImageAttribute: (subject) => ({ ...image(subject), ImageName: 'new' }),
    DescribeTasks: () => ({}),
    DescribeTaskAttribute: ({ imageId }) => ({ TaskId: imageId.replace(/^m-/, 't-') }),
    DescribeSnapshots: ({ imageId }) => ({ SnapshotIds: JSON.stringify([imageId.replace(/^m-/, 's-')]) }),
    DeleteSnapshot: ({ imageId }) => ({ SnapshotId: imageId.replace(/^m-/, 's-') }),
    TagResources: (subject) => ({ ...ecsTags(subject), Tag: [{ Key: 'new', Value: 'new' }] }),
    UntagResources: (subject) => ({ ...ecsTags(subject), TagKey: ['team'] }),
    ListTagResources: ecsTags,
    AddTags: (subject) => ({ ...oldTags(subject), Tag: [{ Key: 'new', Value: 'new' }] }),
    RemoveTags: (subject) => ({ ...oldTags(subject), Tag: [{ Key: 'team', Value: 'web' }] }),
    DescribeTags: oldTags,
    RunInstances: image,
    CreateInstance: (subject) => ({ ...image(subject), InstanceType: 'ecs.g7.large' }),
    StartInstance: ({ instanceId }) => ({ InstanceId: instanceId }),
    StopInstance: ({ instanceId }) => ({ InstanceId: instanceId }),
    ReplaceSystemDisk: (subject) => ({ ...image(subject), InstanceId: subject.instanceId }),
    ReInitDisk: ({ instanceId }) => ({ DiskId: instanceId.replace(/^i-/, 'd-') }),
    DescribeInstances: ({ instanceId }) => ({ InstanceIds: JSON.stringify([instanceId]) }),
    DeleteInstance: ({ instanceId }) => ({ InstanceId: instanceId }),
    DescribeDisks: ({ instanceId }) => ({ InstanceId: instanceId }),
    DescribeRegions: () => ({}),
    DescribeZones: () => ({}),
  },
  sign: ({ action, parameters, key, region, host, at }) =>
    v3Request({
      key,
      host,
      action,
      parameters: Object.fromEntries(
        Object.entries({ RegionId: region, ...parameters }).flatMap(([name, value]) => flatten(value, name)),
      ),
      date: inSeconds(at),
      nonce: freshId(),
    }),
  errorCodeOf: alibabaCode,
};

const ucloud: SdkCloud = {
  name: 'ucloud',
  policy: 'ucloud',
  actions: ucloudActions,
  parameters: {
    DescribeImage: image,
    ImportCustomImage: () => ({
      ImageName: 'new',
      UFileUrl: 'https://bucket.cn-bj.ufileos.com/web.raw',
      OsType: 'CentOS',
      OsName: 'CentOS 7.9',
      Format: 'RAW',
      Auth: true,
    }),
    CreateCustomImage: ({ instanceId }) => ({ UHostId: instanceId, ImageName: 'new' }),
    CopyCustomImage: ({ imageId, world }) => ({ SourceImageId: imageId, TargetProjectId: world.principalOf('owner') }),
    TerminateCustomImage: image,
    ModifyImageShareProject: (subject) => ({ ...image(subject), AddProjects: [stranger(subject)] }),
    DescribeImageShareProjects: image,
    DescribeSharingImages: image,
    SaveSharedImage: image,
    CreateUHostInstance: (subject) => ({ ...image(subject), Zone: `${subject.world.fixture.region}-02`, LoginMode: 'Password' }),
    ReinstallUHostInstance: (subject) => ({ ...image(subject), UHostId: subject.instanceId }),
    DescribeUHostInstance: ({ instanceId }) => ({ UHostIds: [instanceId] }),
    TerminateUHostInstance: ({ instanceId }) => ({ UHostId: instanceId }),
    GetProjectList: () => ({}),
    GetRegion: () => ({}),
    GetUserInfo: () => ({}),
  },
  sign({ action, parameters, key, region, project }) {
    const all = { Action: action, Region: region, ...(project !== undefined && { ProjectId: project }), ...parameters };
    const { method, path, type, body } = shapes['flattened JSON'](all, key);
    return { method, path, query: '', headers: { 'content-type': type }, body: Buffer.from(body) };
  },
  errorCodeOf: ucloudCode,
};

export const sdkClouds: readonly SdkCloud[] = [tencent, tencentLegacy, alibaba, ucloud];
