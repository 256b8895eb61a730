import type { HttpCall } from './preview.ts';
import { commandOf, word } from './shell.ts';

/** A command that sends the request. The token stays a variable, and each run gets its own Idempotency-Key. */
export const curlOf = ({ method, url, headers, body }: HttpCall): string =>
  commandOf([
    `curl -X ${method} ${word(url)}`,
    '-H "Authorization: Bearer $TOKEN"',
    '-H "Idempotency-Key: $(uuidgen)"',
    ...headers.map(([name, value]) => `-H ${word(`${name}: ${value}`)}`),
    ...(body === '' ? [] : [`--data-raw ${word(body)}`]),
  ]);
