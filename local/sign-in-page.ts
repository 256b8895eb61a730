import { createHash } from 'node:crypto';
import { principalIdLengthMax } from '../lib/model/limits.ts';

/** A page of the local issuer with the policy that it is shown under. */
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
form button { margin-top: .5rem; }
`;

const submitAtOnce = 'document.forms[0].submit();';

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

/** `formTargets` are the origins that the answer to a form may lead to: browsers hold redirects to the policy too. */
function pageOf(title: string, content: string, formTargets: readonly string[], script?: string): Page {
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

interface Choice {
  readonly accountId: string;
  readonly name: string;
}

/** Asks as which account to sign in. `refused` is what was typed before and is no id of an account. */
export function signInPage(accounts: readonly Choice[], formTargets: readonly string[], refused?: string): Page {
  const buttons = accounts.map(
    ({ accountId, name }) =>
      `<li><button name="account" value="${escaped(accountId)}"><strong>${escaped(name)}</strong> ${escaped(accountId)}</button></li>`,
  );
  const isRefused = refused !== undefined;
  const reason = isRefused
    ? '<p id="refused" role="alert">This is no id of an account: ids begin with a letter or digit and hold letters, digits, ".", "_" and "-".</p>\n'
    : '';
  return pageOf(
    'Sign in - Image sharing',
    `<h1>Sign in</h1>
<p>This is a run on a developer's machine: choose as whom to work. There are no passwords.</p>
<h2 id="demo">Demo accounts</h2>
<form method="post"><ul aria-labelledby="demo">
${buttons.join('\n')}
</ul></form>
<h2>Another account</h2>
<form method="post">
<label for="account">Account ID</label>
${reason}<input id="account" name="account" required maxlength="${principalIdLengthMax}" autocomplete="off" autocapitalize="off" spellcheck="false" value="${escaped(refused ?? '')}"${isRefused ? ' aria-invalid="true" aria-describedby="refused" autofocus' : ''}>
<button>Sign in</button>
</form>`,
    formTargets,
  );
}

/** Signs out without asking. `form` is the provider's, which goes on as soon as it says that this is meant. */
export function signOutPage(form: string, formTargets: readonly string[]): Page {
  const content = form.replace('</form>', '<input type="hidden" name="logout" value="yes"><button>Sign out</button></form>');
  return pageOf('Signing out - Image sharing', `<h1>Signing out</h1>\n${content}`, formTargets, submitAtOnce);
}

/** Says what went wrong, where there is no way on from. */
export const noticePage = (title: string, text: string): Page =>
  pageOf(title, `<h1>${escaped(title)}</h1>\n<p>${escaped(text)}</p>`, []);
