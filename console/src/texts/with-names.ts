/** Puts the known names before the IDs in a text. An ID of letters alone could be a word. `img-abcdefgh` is an ID. */
export const withNames = (
  text: string,
  names: ReadonlyMap<string, string>,
  named: (name: string, id: string) => string,
): string =>
  text.replace(/[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?/gi, (id) => {
    const name = /[-\d]/.test(id) ? names.get(id) : undefined;
    return name === undefined ? id : named(name, id);
  });
