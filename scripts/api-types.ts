import { readFileSync } from 'node:fs';
import openapiTS, { astToString, COMMENT_HEADER } from 'openapi-typescript';

/** The file with the console's types of the API. */
export const apiTypesFile = 'console/src/api/schema.d.ts';

/** Generates TypeScript types from an OpenAPI document, by default docs/openapi.json. */
export const apiTypes = async (
  document = readFileSync(new URL('../docs/openapi.json', import.meta.url), 'utf8'),
): Promise<string> => COMMENT_HEADER + astToString(await openapiTS(document));
