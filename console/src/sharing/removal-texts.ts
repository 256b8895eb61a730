import { byPrincipalKind, countOf, type PrincipalKind, principalZh } from '../texts/wording.ts';

/** Texts of the dialogs that stop sharing, edit recipients, and delete images. */
const en = (_: PrincipalKind) => ({
  stopTitle: (name: string) => `Stop sharing ${name}`,
  stopSharing: 'Stop sharing',
  recipientsToRemove: 'Stop sharing with',
  selectedRecipients: (n: number) => `Selected recipients (${n})`,
  allRecipients: (n: number) => `All recipients (${n}, and any that are added in the meantime)`,
  losingAccess: (n: number) => `${countOf(n, 'recipient')} will lose access`,
  consequencesTitles: {
    stop: 'Recipients immediately lose access',
    edit: 'Recipients that you remove immediately lose access',
    delete: 'If you stop sharing, recipients immediately lose access',
  },
  consequences: [
    'They will no longer be able to launch instances from this image.',
    'They will no longer be able to save it as a custom image.',
    'They will no longer be able to reinstall or reinitialize instances from it.',
  ],
  unaffected: "Running instances and saved copies aren't affected.",
  lastUsed: (at: string) => `last used ${at}`,
  stopped: (name: string, n: number, hadNone: string) =>
    [
      n > 0 && `Successfully stopped sharing ${name} with ${countOf(n, 'recipient')}.`,
      hadNone && `These recipients had no access to ${name} before: ${hadNone}`,
    ]
      .filter(Boolean)
      .join(' '),
  notSharedNow: "This image isn't shared.",

  editTitle: (name: string) => `Edit recipients of ${name}`,
  recipients: 'Recipients',
  recipientsHint: 'Enter one ID per line.',
  used: (n: number, cap: number) => `${countOf(n, 'recipient')}. The sharing limit is ${cap}.`,
  overCap: (over: number) =>
    `${countOf(over, 'recipient')} over the sharing limit. Remove recipients, or share a copy of the image.`,
  review: 'Changes',
  noChange: 'No changes',
  toAdd: (n: number) => `To add (${n})`,
  toRemove: (n: number) => `To remove (${n})`,
  unchanged: (n: number) => `Unchanged (${n})`,
  edited: (name: string, added: number, removed: number) =>
    `Successfully updated the recipients of ${name}: ${[added > 0 && `${added} added`, removed > 0 && `${removed} removed`].filter(Boolean).join(', ') || 'no changes'}.`,
  changedElsewhereTitle: 'Recipients were changed by someone else',
  changedElsewhere: (added: string, removed: string) =>
    [added && `Added: ${added}.`, removed && `Removed: ${removed}.`, 'Merge them into your list before you save.']
      .filter(Boolean)
      .join(' '),
  merge: 'Merge changes',
  mergeFirst: 'Merge the changes of others before you save.',
  differentResult: 'Someone else changed the list while you were saving.',

  deleteOne: (name: string) => `Delete image ${name}`,
  deleteMany: (n: number) => `Delete ${countOf(n, 'image')}`,
  deleteButton: (deletable: number, all: number) => (all === 1 ? 'Delete image' : `Delete ${countOf(deletable || all, 'image')}`),
  deleteText:
    "Deletion can't be undone. Running instances aren't affected, but you can't reinitialize them from a deleted image.",
  checking: 'Checking whether the image can be deleted',
  canBeDeleted: 'Can be deleted',
  stillShared: "A shared image can't be deleted. Stop sharing it first.",
  confirmWord: 'delete',
  confirmCutOff: (n: number) =>
    `To confirm that ${n === 1 ? '1 recipient loses' : `${n} recipients lose`} access, enter "delete"`,
  confirmFirst: 'Confirm first that recipients lose access.',
  sharedWith: (n: number) => `Shared with ${countOf(n, 'recipient')}`,
  stopSharingFirst: (n: number) => `Stop sharing with ${countOf(n, 'recipient')}`,
  withdraws: (n: number) =>
    n === 1
      ? '1 recipient immediately loses access, and can no longer launch or reinitialize instances from this image, or save it.'
      : `${n} recipients immediately lose access, and can no longer launch or reinitialize instances from this image, or save it.`,
  reload: 'Reload image',
  retry: 'Retry',
  deleted: 'Deleted',
  deletedOne: (name: string, id: string) => `Successfully deleted image ${name} (${id}).`,
  deletedMany: (n: number) => `Successfully deleted ${countOf(n, 'image')}.`,
  alreadyDeleted: 'Already deleted',
  failedToDelete: (name: string) => `Failed to delete ${name}`,
  results: 'Results',
});

type RemovalTexts = ReturnType<typeof en>;

const zh = (kind: PrincipalKind): RemovalTexts => {
  const principal = principalZh[kind];
  return {
    stopTitle: (name) => `取消共享 ${name}`,
    stopSharing: '取消共享',
    recipientsToRemove: '取消共享的对象',
    selectedRecipients: (n) => `所选${principal}（${n} 个）`,
    allRecipients: (n) => `全部${principal}（${n} 个，含提交前新增的${principal}）`,
    losingAccess: (n) => `以下 ${n} 个${principal}将无法使用该镜像`,
    consequencesTitles: {
      stop: '立即生效，对方将无法：',
      edit: `移除后立即生效，被移除的${principal}将无法：`,
      delete: '取消共享立即生效，对方将无法：',
    },
    consequences: ['使用该镜像创建实例；', '将该镜像保存为自定义镜像；', '使用该镜像重装系统或重新初始化系统盘。'],
    unaffected: '运行中的实例和已保存的镜像不受影响。',
    lastUsed: (at) => `最近使用时间：${at}`,
    stopped: (name, n, hadNone) =>
      [
        n > 0 && `已取消镜像 ${name} 对 ${n} 个${principal}的共享。`,
        hadNone && `以下${principal}此前已无镜像 ${name} 的权限：${hadNone}。`,
      ]
        .filter(Boolean)
        .join(''),
    notSharedNow: '该镜像未共享。',

    editTitle: (name) => `编辑已共享的${principal}：${name}`,
    recipients: `已共享的${principal}`,
    recipientsHint: '每行一个 ID。',
    used: (n, cap) => `共 ${n} 个（共享上限 ${cap} 个）`,
    overCap: (over) => `超出共享上限 ${over} 个。请减少${principal}，或共享该镜像的副本。`,
    review: '变更预览',
    noChange: '无变更',
    toAdd: (n) => `待新增（${n}）`,
    toRemove: (n) => `待移除（${n}）`,
    unchanged: (n) => `保持不变（${n}）`,
    edited: (name, added, removed) =>
      `已更新镜像 ${name} 共享的${principal}：${[added > 0 && `新增 ${added} 个`, removed > 0 && `移除 ${removed} 个`].filter(Boolean).join('，') || '无变更'}。`,
    changedElsewhereTitle: `其他人修改了已共享的${principal}`,
    changedElsewhere: (added, removed) =>
      [added && `新增：${added}。`, removed && `移除：${removed}。`, '您的更改尚未保存，请先合并。'].filter(Boolean).join(''),
    merge: '合并更改',
    mergeFirst: '请先合并其他人的更改，再保存。',
    differentResult: `保存期间，其他人修改了共享的${principal}。`,

    deleteOne: (name) => `删除镜像 ${name}`,
    deleteMany: (n) => `删除 ${n} 个镜像`,
    deleteButton: (deletable, all) => (all === 1 ? '删除镜像' : `删除 ${deletable || all} 个镜像`),
    deleteText: '删除后无法恢复。运行中的实例不受影响，但不能再使用已删除的镜像重新初始化系统盘。',
    checking: '正在检查是否可删除',
    canBeDeleted: '可以删除',
    stillShared: '镜像共享期间不能删除，请先取消共享。',
    confirmWord: '删除',
    confirmCutOff: (n) => `请输入“删除”，确认 ${n} 个${principal}将无法使用该镜像`,
    confirmFirst: '请先确认对方将无法使用该镜像。',
    sharedWith: (n) => `该镜像已共享给 ${n} 个${principal}`,
    stopSharingFirst: (n) => `取消对 ${n} 个${principal}的共享`,
    withdraws: (n) => `删除后，${n} 个${principal}将立即无法使用该镜像创建实例、保存或重新初始化系统盘。`,
    reload: '重新加载镜像',
    retry: '重试',
    deleted: '已删除',
    deletedOne: (name, id) => `镜像 ${name}（${id}）已删除。`,
    deletedMany: (n) => `已删除 ${n} 个镜像。`,
    alreadyDeleted: '该镜像已被删除',
    failedToDelete: (name) => `删除 ${name} 失败`,
    results: '结果',
  };
};

export const removalTexts = { en: byPrincipalKind(en), zh: byPrincipalKind(zh) };
