/** Percent-encodes everything except the unreserved characters of RFC 3986: letters, digits, and "-_.~". */
const percentEncode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);

/** The canonical query string of both signature methods: encoded and sorted by name. */
export function canonicalQuery(parameters: Iterable<readonly [string, string]>): string {
  const sorted = new URLSearchParams([...parameters] as [string, string][]);
  sorted.sort();
  return [...sorted].map(([name, value]) => `${percentEncode(name)}=${percentEncode(value)}`).join('&');
}
