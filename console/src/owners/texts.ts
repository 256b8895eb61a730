import { byPrincipalKind, countOf, type PrincipalKind, principalZh } from '../texts/wording.ts';

/** Texts about owners of shared images: whom to trust, whom to block, and whose images to leave. */
const en = (kind: PrincipalKind) => ({
  title: 'Who can share with you',
  text: 'Decides who can share images with your account or project from now on. Images that are already shared with you stay.',
  accountHeader: (id: string) => `Account ${id}`,
  projectHeader: (id: string) => `Project ${id}`,
  accepts: 'Accept images from',
  anyone: 'Anyone',
  trustedOnly: 'Trusted owners only',
  trustedOwners: 'Trusted owners',
  blockedOwners: 'Blocked owners',
  none: 'None',
  more: (n: number) => `and ${n} more`,
  editAcceptance: 'Edit who can share',
  editTrusted: 'Edit trusted owners',

  acceptanceText:
    kind === 'account'
      ? 'Applies to your account, in regions in which images belong to accounts. Your projects have their own settings.'
      : 'Applies to this project. Your account and your other projects have their own settings.',
  anyoneHint: 'Any owner can share images with you, except those that you block.',
  trustedOnlyHint: (trusted: number) =>
    trusted === 0
      ? 'You have no trusted owners yet, so nobody can share images with you.'
      : `${countOf(trusted, 'trusted owner')} can share images with you, except those that you block.`,
  blockedHint: (max: number) =>
    kind === 'account'
      ? `Up to ${max} account IDs, one per line. They can't share images with you, even if you trust them.`
      : `Up to ${max} project IDs, one per line, including other projects of your account. Blocking an account doesn't cover its projects.`,
  existingStay: (mayLeave: boolean) =>
    `Images that are already shared with you stay, and their owners can change when they expire. ${mayLeave ? 'To give them up, choose Remove my access to all images of this owner in Shared images.' : 'Only their owners can stop sharing them.'}`,
  acceptanceSaved: 'Saved who can share images with you.',

  trustedText:
    kind === 'account'
      ? 'Image owners that your account trusts. The list marks and filters shared images in all regions. It decides who can share with your account only if you accept images from trusted owners only.'
      : 'Image owners that this project trusts. The list marks and filters shared images. It decides who can share with this project only if you accept images from trusted owners only.',
  trustedHint: (max: number) =>
    kind === 'account'
      ? `Up to ${max} IDs, one per line. A trusted account doesn't cover its projects: for regions in which images belong to projects, enter project IDs.`
      : `Up to ${max} project IDs, one per line. A trusted account doesn't cover its projects.`,
  ownerIds: 'Owner IDs',
  trustedSaved: (n: number) => `Saved ${countOf(n, 'trusted owner')}.`,
  unknownOwners: (ids: string) => `No ${kind === 'account' ? 'account or project' : 'project'} found with these IDs: ${ids}`,
  tooMany: (excess: number, max: number) => `Enter up to ${max} IDs. Remove ${excess} to continue.`,

  trusted: 'Trusted',
  blocked: 'Blocked',
  trust: 'Add to trusted owners',
  untrust: 'Remove from trusted owners',
  ownerTrusted: (owner: string) => `Successfully added ${owner} to trusted owners.`,
  ownerUntrusted: (owner: string) => `Successfully removed ${owner} from trusted owners.`,

  block: 'Block owner',
  unblock: 'Unblock owner',
  blockText: (owner: string) => `${owner} will no longer be able to share images with this ${kind}.`,
  blockedNotice: (owner: string) => `Successfully blocked ${owner}.`,
  unblockedNotice: (owner: string) => `Successfully unblocked ${owner}.`,

  leaveOwner: 'Remove my access to all images of this owner',
  leaveAll: (n: number) => `Remove access to ${countOf(n, 'image')}`,
  continueLeaving: 'Continue',
  leaveAllText: (n: number, isMore: boolean, owner: string) =>
    `You will lose access to ${isMore ? 'at least ' : ''}${countOf(n, 'image')} that ${owner} shares with you, in all regions.`,
  nothingToLeave: (owner: string) => `${owner} shares no images with you that you can give up.`,
  imagesToLeave: (n: number) => countOf(n, 'image'),
  leaveAllWarning:
    "Only the owner can share these images with you again. You will no longer be able to launch, reinstall, or reinitialize instances from them, or save them. Your running instances aren't affected.",
  leftAll: (n: number, owner: string) => `You no longer have access to ${countOf(n, 'image')} of ${owner}.`,
  cannotLeave: (n: number) => `${countOf(n, 'image')} you can't give up: only the owner can stop sharing in this region`,
  failedToLeave: (n: number) => `${countOf(n, 'image')} you might still have access to`,
  notComplete: "One request couldn't handle all images. To remove your access to the rest, choose Continue.",
});

type OwnersTexts = ReturnType<typeof en>;

const zh = (kind: PrincipalKind): OwnersTexts => {
  const principal = principalZh[kind];
  return {
    title: '谁可以向您共享镜像',
    text: '设置今后谁可以向您的账号或项目共享镜像。已共享给您的镜像不受影响。',
    accountHeader: (id) => `账号 ${id}`,
    projectHeader: (id) => `项目 ${id}`,
    accepts: '接受的共享',
    anyone: '任何所有者',
    trustedOnly: '仅可信所有者',
    trustedOwners: '可信所有者',
    blockedOwners: '已屏蔽的所有者',
    none: '无',
    more: (n) => `另有 ${n} 个`,
    editAcceptance: '编辑共享来源',
    editTrusted: '编辑可信所有者',

    acceptanceText:
      kind === 'account'
        ? '适用于您的账号，在按账号管理镜像的地域生效。各项目可单独设置。'
        : '适用于此项目。您的账号和其他项目可单独设置。',
    anyoneHint: '除已屏蔽的所有者外，任何所有者均可向您共享镜像。',
    trustedOnlyHint: (trusted) =>
      trusted === 0
        ? '您尚未添加可信所有者，因此目前没有人可以向您共享镜像。'
        : `除已屏蔽的所有者外，${trusted} 个可信所有者可以向您共享镜像。`,
    blockedHint: (max) =>
      kind === 'account'
        ? `最多 ${max} 个账号 ID，每行一个。即使是可信所有者，屏蔽后也不能向您共享镜像。`
        : `最多 ${max} 个项目 ID，每行一个，可包括您账号下的其他项目。屏蔽账号不会屏蔽其项目。`,
    existingStay: (mayLeave) =>
      `已共享给您的镜像不受影响，所有者仍可更改其到期时间。${mayLeave ? '如需结束这些共享，请在“共享给我的镜像”中选择“退出该所有者的全部共享”。' : '这些共享仅所有者可以取消。'}`,
    acceptanceSaved: '已保存谁可以向您共享镜像。',

    trustedText:
      kind === 'account'
        ? '您的账号信任的镜像所有者，用于在所有地域标记和筛选共享镜像。仅当您只接受可信所有者的共享时，此列表才决定谁可以向您的账号共享镜像。'
        : '此项目信任的镜像所有者，用于标记和筛选共享镜像。仅当只接受可信所有者的共享时，此列表才决定谁可以向此项目共享镜像。',
    trustedHint: (max) =>
      kind === 'account'
        ? `最多 ${max} 个 ID，每行一个。信任账号不代表信任其项目：在按项目管理镜像的地域，请输入项目 ID。`
        : `最多 ${max} 个项目 ID，每行一个。信任账号不代表信任其项目。`,
    ownerIds: '所有者 ID',
    trustedSaved: (n) => `已保存 ${n} 个可信所有者。`,
    unknownOwners: (ids) => `以下 ID 没有对应的${kind === 'account' ? '账号或项目' : '项目'}：${ids}`,
    tooMany: (excess, max) => `最多可输入 ${max} 个 ID，请移除 ${excess} 个后继续。`,

    trusted: '可信',
    blocked: '已屏蔽',
    trust: '添加到可信所有者',
    untrust: '从可信所有者移除',
    ownerTrusted: (owner) => `已将 ${owner} 添加到可信所有者。`,
    ownerUntrusted: (owner) => `已将 ${owner} 从可信所有者移除。`,

    block: '屏蔽所有者',
    unblock: '取消屏蔽所有者',
    blockText: (owner) => `屏蔽后，${owner} 将不能再向此${principal}共享镜像。`,
    blockedNotice: (owner) => `已屏蔽 ${owner}。`,
    unblockedNotice: (owner) => `已取消屏蔽 ${owner}。`,

    leaveOwner: '退出该所有者的全部共享',
    leaveAll: (n) => `退出 ${n} 个共享`,
    continueLeaving: '继续',
    leaveAllText: (n, isMore, owner) =>
      `退出后，您将无法再使用 ${owner} 在所有地域共享给您的${isMore ? '至少 ' : ' '}${n} 个镜像。`,
    nothingToLeave: (owner) => `${owner} 没有共享给您且可以退出的镜像。`,
    imagesToLeave: (n) => `${n} 个镜像`,
    leaveAllWarning:
      '仅镜像所有者可以再次向您共享这些镜像。退出后，您无法再使用它们创建实例、重装系统、重新初始化系统盘，也无法保存它们。运行中的实例不受影响。',
    leftAll: (n, owner) => `已退出 ${owner} 的 ${n} 个共享。`,
    cannotLeave: (n) => `${n} 个镜像不能退出：在其所在地域，仅所有者可以取消共享`,
    failedToLeave: (n) => `${n} 个镜像可能仍共享给您`,
    notComplete: '一次请求未能处理全部镜像，请选择“继续”以退出其余共享。',
  };
};

export const ownersTexts = { en: byPrincipalKind(en), zh: byPrincipalKind(zh) };
