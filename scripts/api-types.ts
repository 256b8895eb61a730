import { readFileSync } from 'node:fs';
import openapiTS, { astToString, COMMENT_HEADER } from 'openapi-typescript';

/** Where the console has the types of the API. */
export const apiTypesFile = 'console/src/api/schema.d.ts';

/** The types of the calls that docs/openapi.json describes. */
export const apiTypes = async (
  document = readFileSync(new URL('../docs/openapi.json', import.meta.url), 'utf8'),
): Promise<string> => COMMENT_HEADER + astToString(await openapiTS(document));
