import { policies } from '../policies/policies.ts';

/**
 * Reads which clouds' protocols are spoken: names of policies separated by commas, or `none`. Throws an error that names
 * what is wrong.
 */
export function protocolsFrom(text: string): ReadonlySet<string> {
  const names = text.trim() === 'none' ? [] : text.split(',').map((name) => name.trim());
  const unknown = names.find((name) => !Object.hasOwn(policies, name));
  if (unknown !== undefined) {
    throw new Error(`"${unknown}" in SDK_PROTOCOLS is none of ${Object.keys(policies).join(', ')}; "none" switches all off`);
  }
  return new Set(names);
}
