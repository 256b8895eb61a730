import { policies } from '../policies/policies.ts';

/** Parses SDK_PROTOCOLS: policy names separated by commas, or `none`. Throws an error that names the invalid value. */
export function protocolsFrom(text: string): ReadonlySet<string> {
  const names = text.trim() === 'none' ? [] : text.split(',').map((name) => name.trim());
  const unknown = names.find((name) => !Object.hasOwn(policies, name));
  if (unknown !== undefined) {
    throw new Error(
      `Unknown cloud "${unknown}" in SDK_PROTOCOLS. Use one or more of ${Object.keys(policies).join(', ')}, separated by commas, or "none".`,
    );
  }
  return new Set(names);
}
