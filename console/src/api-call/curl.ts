/** Quotes a text for a POSIX shell. */
const quote = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;

/** A command that sends the request. The token stays a variable, and each run gets its own Idempotency-Key. */
export async function curlOf(request: Request): Promise<string> {
  const body = await request.clone().text();
  const headers = [...request.headers].filter(([name]) => !['authorization', 'idempotency-key'].includes(name));
  return [
    `curl -X ${request.method} ${quote(request.url)}`,
    '-H "Authorization: Bearer $TOKEN"',
    '-H "Idempotency-Key: $(uuidgen)"',
    ...headers.map(([name, value]) => `-H ${quote(`${name}: ${value}`)}`),
    ...(body === '' ? [] : [`--data-raw ${quote(body)}`]),
  ].join(' \\\n  ');
}
