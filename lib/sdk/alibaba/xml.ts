/** Parsers turn a carriage return that isn't escaped into a line feed. */
const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  '\r': '&#13;',
};

/** The characters that XML 1.0 can't represent, not even escaped. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to remove.
const invalidCharacters = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

const textOf = (value: unknown): string =>
  String(value)
    .replace(invalidCharacters, '')
    .replace(/[&<>"'\r]/g, (character) => entities[character] ?? character);

/** Returns a value as XML elements with this name: one for each entry of a list, with one inside for each field. */
export function elementsOf(name: string, value: unknown): string {
  if (value === undefined) {
    return '';
  }
  if (Array.isArray(value)) {
    return value.map((entry) => elementsOf(name, entry)).join('');
  }
  const isRecord = typeof value === 'object' && value !== null;
  const content = isRecord
    ? Object.entries(value).map(([field, inner]) => elementsOf(field, inner))
    : [value === null ? '' : textOf(value)];
  return `<${name}>${content.join('')}</${name}>`;
}
