/** Requests whose parameters, and the signature among them, stand in a form. */
import type { SentRequest } from './wire-request.ts';

/**
 * Whether nothing but the end of the form's signature is escaped: with such signatures alone, forms are as long as their
 * parameters.
 */
export const isPlainlySigned = (form: string): boolean => !/[+/]/.test(new URLSearchParams(form).get('Signature') ?? '');

/** The request with another signature. */
export function misSignedForm(sent: SentRequest): SentRequest {
  const form = new URLSearchParams(String(sent.body));
  const signature = form.get('Signature') ?? '';
  form.set('Signature', (signature.startsWith('A') ? 'B' : 'A') + signature.slice(1));
  return { ...sent, body: form.toString() };
}
