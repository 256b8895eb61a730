/** Limit of the API: names in docs/openapi.json. */
export const nameBytesMax = 128;

export const isWithin = (text: string, bytes: number): boolean => new TextEncoder().encode(text).length <= bytes;

/** Checks only the length; the service checks the rest. */
export const isName = (name: string): boolean => name.trim() !== '' && isWithin(name, nameBytesMax);
