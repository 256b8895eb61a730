/** A document that rules come from. */
export interface Source {
  readonly title: string;
  /** The address of the document, if it is known. */
  readonly address?: string;
  /** The policy name of the cloud that published it; absent for the rules of this service. */
  readonly policy?: string;
}

export const tencentHelp: Source = { policy: 'tencent', title: 'Tencent Cloud: Sharing Custom Images (2020)' };
export const tencentFaq: Source = { policy: 'tencent', title: 'Tencent Cloud: Image sharing FAQ (2022)' };
export const tencentIntl: Source = {
  policy: 'tencent',
  title: 'Tencent Cloud International: Sharing Custom Images',
  address: 'https://intl.cloud.tencent.com/document/product/213/4942',
};
export const ucloudHelp: Source = { policy: 'ucloud', title: 'UCloud: Share Images' };
export const alibabaFaq: Source = { policy: 'alibaba', title: 'Alibaba Cloud: Shared images FAQ (2018)' };
export const allSources: readonly Source[] = [tencentHelp, tencentFaq, ucloudHelp, tencentIntl, alibabaFaq];
export const apiReferences: readonly Source[] = [
  { policy: 'tencent', title: 'Tencent Cloud: CVM API reference' },
  { policy: 'alibaba', title: 'Alibaba Cloud: ECS API reference' },
];
export const ours: Source = { title: 'This service' };

/**
 * Returns the titles of the sources that apply under a policy: the documents of its cloud. A rule that only other clouds document
 * applies there because this service says so.
 */
export function titlesFor(sources: readonly Source[], policy: string): string[] {
  const own = sources.filter((source) => source.policy === policy);
  return (own.length > 0 ? own : [ours]).map(({ title }) => title);
}
