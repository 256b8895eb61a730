/**
 * Compares two texts for sorting: by code units, as DynamoDB orders the ASCII of keys. localeCompare would load the data of
 * languages first, which takes a new process longer than all of its schemas.
 */
export const compareTexts = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
