import { createHash } from 'node:crypto';
import { principalIdLengthMax } from '../lib/model/limits.ts';

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
function createPage(title: string, content: string, formTargets: readonly string[], script?: string): Page {
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
<html lang="en">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
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
export function signInPage(accounts: readonly AccountOption[], formTargets: readonly string[], invalidId?: string): Page {
  const buttons = accounts.map(
    ({ accountId, name }) =>
      `<li><button name="account" value="${escapeHtml(accountId)}"><strong>${escapeHtml(name)}</strong> ${escapeHtml(accountId)}</button></li>`,
  );
  const isInvalid = invalidId !== undefined;
  const error = isInvalid
    ? `<p id="account-error" role="alert">Enter a valid account ID: at most ${principalIdLengthMax} letters, digits, periods, underscores, and hyphens, starting with a letter or digit.</p>\n`
    : '';
  return createPage(
    'Sign in - Image sharing',
    `<h1>Sign in</h1>
<p>Choose an account. No password is required, because this service runs on your own machine.</p>
<h2 id="demo">Demo accounts</h2>
<form method="post"><ul aria-labelledby="demo">
${buttons.join('\n')}
</ul></form>
<h2>Another account</h2>
<form method="post">
<label for="account">Account ID</label>
${error}<input id="account" name="account" required maxlength="${principalIdLengthMax}" autocomplete="off" autocapitalize="off" spellcheck="false" value="${escapeHtml(invalidId ?? '')}"${isInvalid ? ' aria-invalid="true" aria-describedby="account-error" autofocus' : ''}>
<button>Sign in</button>
</form>`,
    formTargets,
  );
}

/** Signs out without confirmation, by submitting the provider's form with `logout=yes`. */
export function signOutPage(form: string, formTargets: readonly string[]): Page {
  const content = form.replace('</form>', '<input type="hidden" name="logout" value="yes"><button>Sign out</button></form>');
  return createPage('Signing out - Image sharing', `<h1>Signing out</h1>\n${content}`, formTargets, submitScript);
}

/** A page that only shows a message. */
export const noticePage = (title: string, text: string): Page =>
  createPage(title, `<h1>${escapeHtml(title)}</h1>\n<p>${escapeHtml(text)}</p>`, []);
