/** What secrets look like in requests and in text. */

/** Access tokens, and the signatures in the headers, queries, and bodies of the clouds' SDKs. */
const secretForms = [/Bearer ([^\s,"]{20,})/g, /Signature["=:\s]+([^"&,\s]{20,})/g];

/** JSON Web Tokens, and the secrets of access keys: 40 letters and digits. */
const otherForms = [
  /\beyJ[\w-]{10,}\.eyJ[\w-]+\.[\w-]{20,}/g,
  /(?<![\w+/=-])(?=[a-zA-Z]*\d)(?=[A-Z\d]*[a-z])(?=[a-z\d]*[A-Z])[a-zA-Z\d]{40}(?![\w+/=-])/g,
];

/** Returns the lines of a text that have something in the form of a secret. */
export const linesWithSecrets = (text: string): string[] =>
  text.split('\n').filter((line) => [...secretForms, ...otherForms].some((form) => line.search(form) >= 0));

/** Returns the tokens and signatures that a request has. */
export function secretsIn(path: string, { body, headers }: RequestInit): string[] {
  const sent = [decoded(path), decoded(textOf(body)), JSON.stringify([...new Headers(headers)])].join('\n');
  return secretForms.flatMap((form) => [...sent.matchAll(form)].map(([, secret = '']) => secret));
}

const textOf = (body: RequestInit['body']): string =>
  body instanceof Uint8Array ? new TextDecoder().decode(body) : String(body ?? '');

/** A query or form has a signature in percent encoding. */
function decoded(text: string): string {
  try {
    return text.startsWith('{') ? text : decodeURIComponent(text);
  } catch {
    return text;
  }
}
