import { expiringDays } from '../sharing/expiring.ts';
import { countOf, type PrincipalKind, principalZh } from '../texts/wording.ts';

const en = {
  title: 'Shared images',
  about: (kind: PrincipalKind, canSave: boolean) =>
    `Images that others share with your ${kind} in this region. Launch instances from them${canSave ? ', or save copies of your own' : ''}.`,
  search: 'Find by name, or by full image ID or owner ID',
  empty: 'No shared images',
  emptyText: (kind: PrincipalKind) =>
    `To receive images in this region, send your ${kind} ID to the image owner. The images appear here as soon as they are shared.`,
  emptyTrusted: 'No images from trusted owners',
  emptyTrustedText: 'Turn off the filter to see images from all owners.',
  showAll: 'Show all shared images',
  loadFailed: "Couldn't load shared images",
  count: (count: number) => countOf(count, 'image'),
  select: (id: string) => `Select image ${id}`,
  selection: 'Image selection',
  notice:
    "Shared images aren't verified for integrity or security. Use images only from owners you trust, and inspect the first instance before you use it in production.",
  trustedOnly: 'Trusted owners only',
  name: 'Name',
  imageId: 'Image ID',
  owner: 'Owner',
  state: 'Status',
  os: 'Operating system',
  architecture: 'Architecture',
  products: 'Compatible products',
  size: 'Size',
  gib: (gib: number) => `${gib} GiB`,
  createdAt: 'Created',
  actions: 'Actions',
  launch: 'Launch instance',
  checkAccess: 'Check launch access',
  imagesExpire: (count: number, hasMore: boolean) =>
    `${hasMore ? `${count}+ shared images expire` : count === 1 ? '1 shared image expires' : `${count} shared images expire`} within ${expiringDays} days`,
  showExpiring: 'Show these images',
  accessExpires: (at: string) => `Your access to this image expires on ${at}`,
  expiringText: (canSave: boolean) =>
    `After that, you can't launch, reinstall, or reinitialize instances from the image. Running instances aren't affected. To keep using it, ${canSave ? 'save a copy, or ' : ''}ask the owner to extend your access.`,
  expiringListText: (canSave: boolean) =>
    `After that, you can't use them. Running instances aren't affected. ${canSave ? 'Save copies, or ask' : 'Ask'} the owners to extend your access.`,
  saveCopy: 'Save a copy',
  saveCopyOf: (name: string) => `Save a copy of ${name}`,
  cannotSave: (region: string) => `You can't save shared images in ${region}.`,
  saveText: (name: string, id: string) =>
    `This creates a custom image of your own from ${name} (${id}) in this region. The copy remains when sharing stops, counts toward your image quota, and is billed to you.`,
  saved: (source: string, name: string, id: string) => `Saving ${source}. New image: ${name} (${id}).`,
  leave: 'Remove my access',
  cannotLeave: (region: string) => `In ${region}, recipients can't give up access. Ask the owner to stop sharing.`,
  leaveTitle: 'Remove my access',
  leaveText: (name: string, id: string, owner: string) => `You will lose access to ${name} (${id}), shared by ${owner}.`,
  leaveWarning:
    "Only the owner can share this image with you again. You will no longer be able to launch, reinstall, or reinitialize instances from it, or save it. Your running instances aren't affected.",
  left: (name: string, id: string) => `You no longer have access to ${name} (${id}).`,
};

export type SharedImagesTexts = typeof en;

const zh: SharedImagesTexts = {
  title: '共享给我的镜像',
  about: (kind, canSave) =>
    `他人在当前地域共享给您${kind === 'project' ? '项目' : ''}的镜像。您可以使用它们创建实例${canSave ? '，或保存为自己的副本' : ''}。`,
  search: '按名称搜索，或输入完整的镜像 ID 或所有者 ID',
  empty: '暂无共享镜像',
  emptyText: (kind) =>
    `如需在此地域接收共享镜像，请将您的${principalZh[kind]} ID 提供给镜像所有者。对方共享后，镜像会立即显示在这里。`,
  emptyTrusted: '暂无可信所有者共享的镜像',
  emptyTrustedText: '关闭筛选后可查看所有账号共享的镜像。',
  showAll: '查看全部共享镜像',
  loadFailed: '共享镜像加载失败',
  count: (count) => `${count} 个镜像`,
  select: (id) => `选择镜像 ${id}`,
  selection: '选择镜像',
  notice: '平台不保证共享镜像的完整性和安全性。请仅使用可信所有者共享的镜像，并先检查使用该镜像创建的首个实例，再用于生产环境。',
  trustedOnly: '仅看可信所有者',
  name: '名称',
  imageId: '镜像 ID',
  owner: '所有者',
  state: '状态',
  os: '操作系统',
  architecture: '架构',
  products: '支持的产品',
  size: '大小',
  gib: (gib) => `${gib} GiB`,
  createdAt: '创建时间',
  actions: '操作',
  launch: '创建实例',
  checkAccess: '检查创建实例权限',
  imagesExpire: (count, hasMore) => `${count}${hasMore ? '+' : ''} 个共享镜像将在 ${expiringDays} 天内到期`,
  showExpiring: '查看这些镜像',
  accessExpires: (at) => `此镜像对您的共享将于 ${at} 到期`,
  expiringText: (canSave) =>
    `到期后，您无法再使用该镜像创建实例、重装系统或重新初始化系统盘。运行中的实例不受影响。如需继续使用，请${canSave ? '保存副本，或' : ''}联系所有者延长共享。`,
  expiringListText: (canSave) =>
    `到期后，您无法再使用这些镜像。运行中的实例不受影响。如需继续使用，请${canSave ? '保存副本，或' : ''}联系所有者延长共享。`,
  saveCopy: '保存副本',
  // Starts with the text of the button, so that people who say what they see can use it.
  saveCopyOf: (name) => `保存副本：${name}`,
  cannotSave: (region) => `${region} 地域不支持保存共享镜像。`,
  saveText: (name, id) =>
    `将基于 ${name}（${id}）在此地域创建归您所有的自定义镜像。取消共享后副本仍会保留，占用您的镜像配额，并由您付费。`,
  saved: (source, name, id) => `正在保存 ${source}，新镜像：${name}（${id}）。`,
  leave: '退出共享',
  cannotLeave: (region) => `在 ${region} 地域，仅镜像所有者可以取消共享。`,
  leaveTitle: '退出共享',
  leaveText: (name, id, owner) => `退出后，您将无法再使用 ${owner} 共享的镜像 ${name}（${id}）。`,
  leaveWarning:
    '仅镜像所有者可以再次向您共享此镜像。退出后，您无法再使用它创建实例、重装系统、重新初始化系统盘，也无法保存它。运行中的实例不受影响。',
  left: (name, id) => `已退出共享：${name}（${id}）。`,
};

export const sharedImagesTexts = { en, zh };
