/** Reads a JSON value from localStorage; undefined if the key is missing or the value can't be parsed. */
export function readLocal(key: string): unknown {
  try {
    return JSON.parse(localStorage.getItem(key) ?? 'null') ?? undefined;
  } catch {
    return undefined;
  }
}

/** Writes a JSON value to localStorage. Does nothing if storage is disabled or full. */
export function writeLocal(key: string, value: unknown): void {
  try {
    localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // Stored values are only conveniences.
  }
}
