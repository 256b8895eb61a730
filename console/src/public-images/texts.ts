import { countOf } from '../texts/wording.ts';

const en = {
  title: 'Public images',
  search: 'Find by name, or by full image ID',
  about:
    "Images that the platform provides to everyone in this region. You can launch and reinstall instances from them. They don't count toward your quota, and nobody can share, copy, or save them. Times are in your browser's time zone.",
  empty: 'No public images',
  emptyText: 'The platform provides no public images in this region.',
  loadFailed: "Couldn't load public images",
  count: (count: number) => countOf(count, 'image'),
  select: (id: string) => `Select image ${id}`,
  selection: 'Image selection',
  launch: 'Launch instance',
};

const zh: typeof en = {
  title: '公共镜像',
  search: '按名称搜索，或输入完整的镜像 ID',
  about:
    '平台在此地域向所有用户提供的镜像。您可以使用公共镜像创建实例和重装系统。公共镜像不占用配额，不能共享、复制或保存。时间以浏览器时区为准。',
  empty: '暂无公共镜像',
  emptyText: '平台在此地域未提供公共镜像。',
  loadFailed: '公共镜像加载失败',
  count: (count) => `${count} 个镜像`,
  select: (id) => `选择镜像 ${id}`,
  selection: '选择镜像',
  launch: '创建实例',
};

export const publicImagesTexts = { en, zh };
