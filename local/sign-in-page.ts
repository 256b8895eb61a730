import { createHash } from 'node:crypto';
import { principalIdLengthMax } from '../lib/model/limits.ts';

export const languages = ['en', 'zh'] as const;
export type Language = (typeof languages)[number];

const texts = {
  en: {
    service: 'Image sharing',
    signIn: 'Sign in',
    choose: 'Choose an account. No password is required, because this service runs on your own machine.',
    demoAccounts: 'Demo accounts',
    anotherAccount: 'Another account',
    accountId: 'Account ID',
    invalidId: `Enter a valid account ID: at most ${principalIdLengthMax} letters, digits, periods, underscores, and hyphens, starting with a letter or digit.`,
    signingOut: 'Signing out',
    signOut: 'Sign out',
    signedOut: 'Signed out',
    signedOutText: 'You have signed out. You can close this page.',
    expired: 'Sign-in expired',
    expiredText: 'Return to the console and sign in again.',
  },
  zh: {
    service: '镜像共享',
    signIn: '登录',
    choose: '请选择账号。服务运行在您自己的机器上，因此不需要密码。',
    demoAccounts: '演示账号',
    anotherAccount: '其他账号',
    accountId: '账号 ID',
    invalidId: `请输入有效的账号 ID：最多 ${principalIdLengthMax} 个字母、数字、句点、下划线或连字符，以字母或数字开头。`,
    signingOut: '正在退出登录',
    signOut: '退出登录',
    signedOut: '已退出登录',
    signedOutText: '您已退出登录，可以关闭此页面。',
    expired: '登录已过期',
    expiredText: '请返回控制台重新登录。',
  },
} as const satisfies Record<Language, Record<string, string>>;

/** A page of the local issuer. */
export interface Page {
  readonly html: string;
  readonly contentSecurityPolicy: string;
}

const style = `:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 26rem; margin: 4rem auto; padding: 0 1rem; }
h2 { font-size: 1rem; margin: 2rem 0 .5rem; }
ul { list-style: none; margin: 0; padding: 0; }
li { margin: .5rem 0; }
button, input { font: inherit; box-sizing: border-box; width: 100%; min-height: 2.75rem; padding: .5rem 1rem; border: 1px solid GrayText; border-radius: .5rem; text-align: start; color: CanvasText; background: Canvas; }
button { cursor: pointer; }
button:hover { text-decoration: underline; }
:focus-visible { outline: 3px solid Highlight; outline-offset: 2px; }
label { display: block; margin-bottom: .25rem; }
label ~ button { margin-top: .5rem; font-weight: bold; text-align: center; color: Canvas; background: CanvasText; }
`;

const submitScript = 'document.forms[0].submit();';

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

/**
 * `formTargets` are the origins that the response to a form can redirect to. They must be listed in `form-action`, because
 * browsers apply it to redirects too.
 */
function createPage(
  language: Language,
  title: string,
  content: string,
  formTargets: readonly string[] = [],
  script?: string,
): Page {
  const policy = [
    "default-src 'none'",
    `style-src ${hashOf(style)}`,
    ...(script === undefined ? [] : [`script-src ${hashOf(script)}`]),
    'img-src data:',
    `form-action ${["'self'", ...formTargets].join(' ')}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ];
  return {
    contentSecurityPolicy: policy.join('; '),
    html: `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} - ${texts[language].service}</title>
<link rel="icon" href="data:,"><style>${style}</style>
</head>
<body>
<main>
${content}
</main>${script === undefined ? '' : `\n<script>${script}</script>`}
</body>
</html>
`,
  };
}

interface AccountOption {
  readonly accountId: string;
  readonly name: string;
}

/** The page where people choose an account. `invalidId` is what the person entered before, if it wasn't a valid account ID. */
export function signInPage(
  language: Language,
  accounts: readonly AccountOption[],
  formTargets: readonly string[],
  invalidId?: string,
): Page {
  const { signIn, choose, demoAccounts, anotherAccount, accountId: label, invalidId: invalidText } = texts[language];
  const buttons = accounts.map(
    ({ accountId, name }) =>
      `<li><button name="account" value="${escapeHtml(accountId)}"><strong>${escapeHtml(name)}</strong> ${escapeHtml(accountId)}</button></li>`,
  );
  const isInvalid = invalidId !== undefined;
  const error = isInvalid ? `<p id="account-error" role="alert">${invalidText}</p>\n` : '';
  return createPage(
    language,
    signIn,
    `<h1>${signIn}</h1>
<p>${choose}</p>
<h2 id="demo">${demoAccounts}</h2>
<form method="post"><ul aria-labelledby="demo">
${buttons.join('\n')}
</ul></form>
<h2>${anotherAccount}</h2>
<form method="post">
<label for="account">${label}</label>
${error}<input id="account" name="account" required maxlength="${principalIdLengthMax}" autocomplete="off" autocapitalize="off" spellcheck="false" value="${escapeHtml(invalidId ?? '')}"${isInvalid ? ' aria-invalid="true" aria-describedby="account-error" autofocus' : ''}>
<button>${signIn}</button>
</form>`,
    formTargets,
  );
}

/** Signs out without confirmation, by submitting the provider's form with `logout=yes`. */
export function signOutPage(language: Language, form: string, formTargets: readonly string[]): Page {
  const { signingOut, signOut } = texts[language];
  const button = `<input type="hidden" name="logout" value="yes"><button>${signOut}</button></form>`;
  const content = `<h1>${signingOut}</h1>\n${form.replace('</form>', button)}`;
  return createPage(language, signingOut, content, formTargets, submitScript);
}

/** A page that only shows a message. */
const noticePage = (language: Language, title: string, text: string): Page =>
  createPage(language, title, `<h1>${title}</h1>\n<p>${text}</p>`);

export const signedOutPage = (language: Language): Page =>
  noticePage(language, texts[language].signedOut, texts[language].signedOutText);

export const expiredPage = (language: Language): Page =>
  noticePage(language, texts[language].expired, texts[language].expiredText);
