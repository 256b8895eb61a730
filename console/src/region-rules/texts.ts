import type { operations } from '../api/schema.d.ts';
import { countOf, type PrincipalKind, principalZh } from '../texts/wording.ts';

type RegionInfo = operations['ListRegions']['responses'][200]['content']['application/json']['regions'][number];

/** The settings of a region's policy. */
export type Setting = Exclude<keyof RegionInfo, 'region' | 'policy'>;
type Sentences = { readonly [Name in Setting]: (value: RegionInfo[Name], kind: PrincipalKind) => string };
type Encryptions = Readonly<Record<string, string>>;

const encryptionsEn: Encryptions = {
  none: 'images without encryption',
  service: 'images encrypted with a service-managed key',
  customer: 'images encrypted with a customer-managed key',
};
const encryptionsZh: Encryptions = {
  none: '未加密的镜像',
  service: '使用服务托管密钥加密的镜像',
  customer: '使用用户管理的密钥加密的镜像',
};

/** `a, b, and c` */
const listEn = new Intl.ListFormat('en');

const en = {
  title: (region: string) => `Rules of ${region}`,
  intro: 'What applies to image sharing in the chosen region.',
  differs: 'Differs in other regions',
  sentences: {
    principalKind: (kind) =>
      kind === 'account'
        ? 'Images belong to accounts, and you share them with accounts.'
        : 'Images belong to projects, and you share them with projects, including other projects of your account.',
    recipientsPerImageMax: (max, kind) => `You can share each image with up to ${countOf(max, kind)}.`,
    imagesPerPrincipalMax: (max, kind) => `Each ${kind} can have up to ${countOf(max, 'image')}.`,
    deleteWhileShared: (mode) =>
      mode === 'refuse'
        ? "A shared image can't be deleted. Stop sharing it first."
        : 'A shared image can be deleted. Its recipients immediately lose access.',
    riskAcknowledgement: (mode) =>
      mode === 'required'
        ? 'Before you share an image, you must confirm that it contains no sensitive data.'
        : "Before you share an image, you are reminded to remove sensitive data. You don't have to confirm it.",
    recipientMaySave: (isAllowed) =>
      isAllowed
        ? 'Recipients can save a shared image as their own custom image.'
        : "Recipients can't save a shared image as their own custom image.",
    recipientMayLeave: (isAllowed) =>
      isAllowed
        ? 'Recipients can give up their access.'
        : "Recipients can't give up their access. Only the owner can stop sharing.",
    lightweightMayBeShared: (isAllowed) =>
      isAllowed ? 'Images of Lightweight instances can be shared.' : "Images of Lightweight instances can't be shared.",
    pendingMayBeShared: (isAllowed) =>
      isAllowed
        ? 'An image can be shared while it is still being made. Recipients can use it once it is available.'
        : 'An image can be shared once it is available.',
    dataDisksWhenShared: (mode) =>
      mode === 'refused'
        ? "Images with data disks can't be shared."
        : mode === 'whole'
          ? 'Images with data disks are shared with all of their disks.'
          : 'If an image has data disks, only its system disk is shared.',
    encryptionsThatMayBeShared: (list) => `You can share ${listEn.format(list.map((one) => encryptionsEn[one] ?? one))}.`,
    ownerMayDeprecateWhileShared: (isAllowed) =>
      isAllowed
        ? 'A shared image can be deprecated. Recipients keep their access.'
        : "A shared image can't be deprecated. Stop sharing it first.",
  } satisfies Sentences as Sentences,
};

const zh: typeof en = {
  title: (region) => `${region} 地域的规则`,
  intro: '所选地域的镜像共享规则。',
  differs: '与其他地域不同',
  sentences: {
    principalKind: (kind) =>
      kind === 'account' ? '镜像归账号所有，并共享给账号。' : '镜像归项目所有，并共享给项目，包括您账号下的其他项目。',
    recipientsPerImageMax: (max, kind) => `每个镜像最多可共享给 ${max} 个${principalZh[kind]}。`,
    imagesPerPrincipalMax: (max, kind) => `每个${principalZh[kind]}最多可拥有 ${max} 个镜像。`,
    deleteWhileShared: (mode) =>
      mode === 'refuse' ? '镜像共享期间不能删除，请先取消共享。' : '已共享的镜像可以删除，删除后共享对象立即失去访问权限。',
    riskAcknowledgement: (mode) =>
      mode === 'required' ? '共享前必须确认镜像中不含敏感数据。' : '共享前会提示您清除敏感数据，无需确认。',
    recipientMaySave: (isAllowed) => `共享对象${isAllowed ? '可以' : '不能'}将共享镜像保存为自己的自定义镜像。`,
    recipientMayLeave: (isAllowed) => (isAllowed ? '共享对象可以退出共享。' : '共享对象不能退出共享，仅所有者可以取消共享。'),
    lightweightMayBeShared: (isAllowed) => `轻量应用服务器的镜像${isAllowed ? '可以' : '不能'}共享。`,
    pendingMayBeShared: (isAllowed) =>
      isAllowed ? '镜像在制作过程中即可共享，对方需等镜像可用后才能使用。' : '镜像可用后才能共享。',
    dataDisksWhenShared: (mode) =>
      mode === 'refused'
        ? '含数据盘的镜像不能共享。'
        : mode === 'whole'
          ? '含数据盘的镜像会连同全部磁盘一起共享。'
          : '含数据盘的镜像仅共享系统盘。',
    encryptionsThatMayBeShared: (list) => `可以共享${list.map((one) => encryptionsZh[one] ?? one).join('、')}。`,
    ownerMayDeprecateWhileShared: (isAllowed) =>
      isAllowed ? '已共享的镜像可以弃用，共享对象仍可使用。' : '镜像共享期间不能弃用，请先取消共享。',
  },
};

export const regionRulesTexts = { en, zh };
