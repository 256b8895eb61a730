/** Requests that send their parameters, including the signature, in a form. */
import type { SentRequest } from './wire-request.ts';

/**
 * Whether the signature contains no character that a form escapes, except the padding at its end. Only with such signatures do
 * requests have a predictable length.
 */
export const hasUnescapedSignature = (form: string): boolean => !/[+/]/.test(new URLSearchParams(form).get('Signature') ?? '');

/** Changes the first character of the signature. */
export function withWrongFormSignature(request: SentRequest): SentRequest {
  const form = new URLSearchParams(String(request.body));
  const signature = form.get('Signature') ?? '';
  form.set('Signature', (signature.startsWith('A') ? 'B' : 'A') + signature.slice(1));
  return { ...request, body: form.toString() };
}
