/** Writes docs/openapi.json from the schemas that the actions parse with; `--check` fails when it is stale. */
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { actions } from './actions.ts';
import { openApiDocument } from './openapi-document.ts';

const file = new URL('../docs/openapi.json', import.meta.url);
const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
const text = `${JSON.stringify(openApiDocument(await actions()), null, 2)}\n`;

if (!values.check) {
  writeFileSync(file, text);
} else if (readFileSync(file, 'utf8') !== text) {
  console.error('docs/openapi.json is stale: npm run openapi writes it anew.');
  process.exitCode = 1;
}
