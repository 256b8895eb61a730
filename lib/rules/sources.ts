/** The documents that rules come from. */
export interface Source {
  readonly title: string;
  /** The policy of the cloud that published it; absent for this service's own rules. */
  readonly policy?: string;
}

export const tencentHelp: Source = { policy: 'tencent', title: 'Tencent Cloud: Sharing Custom Images (2020)' };
export const tencentFaq: Source = { policy: 'tencent', title: 'Tencent Cloud: Image sharing FAQ (2022)' };
export const tencentIntl: Source = { policy: 'tencent', title: 'Tencent Cloud International: Sharing Custom Images' };
export const ucloudHelp: Source = { policy: 'ucloud', title: 'UCloud: Share Images' };
export const alibabaFaq: Source = { policy: 'alibaba', title: 'Alibaba Cloud: Shared images FAQ (2018)' };
export const all: readonly Source[] = [tencentHelp, tencentFaq, ucloudHelp, tencentIntl, alibabaFaq];
export const apis: readonly Source[] = [
  { policy: 'tencent', title: 'Tencent Cloud: CVM API reference' },
  { policy: 'alibaba', title: 'Alibaba Cloud: ECS API reference' },
];
export const ours: Source = { title: 'This service' };

/** The titles of the sources, those of the policy's own cloud first. */
export function titlesFor(sources: readonly Source[], policy: string): string[] {
  const isOwn = (source: Source): boolean => source.policy === policy;
  return [...sources.filter(isOwn), ...sources.filter((source) => !isOwn(source))].map(({ title }) => title);
}
