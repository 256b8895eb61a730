import { byPrincipalKind, type PrincipalKind, principalZh } from '../texts/wording.ts';
import type { Fix, Request } from './fixes.ts';

type Named<Key extends string> = Extract<Fix, { readonly [key in Key]: unknown }>;
type Buttons = Readonly<Record<Named<'dialog'>['dialog'] | Named<'page'>['page'], string>>;
type Requests = Readonly<Record<Request, (image: string, region: string, own: string) => string>>;

const en = (kind: PrincipalKind) => ({
  buttons: {
    'stop-sharing': 'Stop sharing',
    share: 'Share image',
    save: 'Save a copy',
    recipients: 'View recipients',
    images: 'View custom images',
  } as Buttons,
  askOwner: 'Copy a message to the owner',
  requests: {
    share: (image, region, own) => `Please share image ${image} in ${region} with my ${kind} ${own}.`,
    edit: (image, region, own) =>
      `Please edit image ${image} in ${region}, which you share with my ${kind} ${own}. Requested change: `,
    delete: (image, region, own) => `Please delete image ${image} in ${region}, which you share with my ${kind} ${own}.`,
    stop: (image, region, own) => `Please stop sharing image ${image} in ${region} with my ${kind} ${own}.`,
  } as Requests,
});

const zh = (kind: PrincipalKind): ReturnType<typeof en> => ({
  buttons: {
    'stop-sharing': '取消共享',
    share: '共享镜像',
    save: '保存为自定义镜像',
    recipients: '查看共享对象',
    images: '查看自定义镜像',
  },
  askOwner: '复制给所有者的消息',
  requests: {
    share: (image, region, own) => `请将 ${region} 地域的镜像 ${image} 共享给我的${principalZh[kind]} ${own}。`,
    edit: (image, region, own) => `请修改您共享给我的${principalZh[kind]} ${own} 的镜像 ${image}（${region} 地域）。修改内容：`,
    delete: (image, region, own) => `请删除您共享给我的${principalZh[kind]} ${own} 的镜像 ${image}（${region} 地域）。`,
    stop: (image, region, own) => `请取消将 ${region} 地域的镜像 ${image} 共享给我的${principalZh[kind]} ${own}。`,
  },
});

export const refusalTexts = { en: byPrincipalKind(en), zh: byPrincipalKind(zh) };
