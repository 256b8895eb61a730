/** What owns and receives images in a region. */
export type PrincipalKind = 'account' | 'project';

/** Texts that differ between regions whose images belong to accounts and regions whose images belong to projects. */
export const byPrincipalKind = <Keys>(textsOf: (kind: PrincipalKind) => Keys): Readonly<Record<PrincipalKind, Keys>> => ({
  account: textsOf('account'),
  project: textsOf('project'),
});

/** `1 image`, `2 images`. */
export const countOf = (n: number, one: string, several = `${one}s`): string => `${n} ${n === 1 ? one : several}`;

/** The Chinese word for an account or a project. */
export const principalZh: Readonly<Record<PrincipalKind, string>> = { account: '账号', project: '项目' };
