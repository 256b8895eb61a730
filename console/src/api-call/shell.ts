/** Quotes a text for a POSIX shell. */
const quoted = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;

/** A word of a command, with quotes only if it needs them. */
export const word = (text: string): string => (/^[\w@%+:,./-]+$/.test(text) ? text : quoted(text));

/** A command on several lines. */
export const commandOf = (lines: readonly string[]): string => lines.join(' \\\n  ');
