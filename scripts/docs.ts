/**
 * `npm run docs`: generates documents from the code. With `--check`, fails instead if one is out of date, or if a doc refers to a
 * file, heading, or command that doesn't exist.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { ruleSlugs } from '../lib/model/rule-slug.ts';
import { ruleOf } from '../lib/rules/catalog.ts';
import { actions } from './actions.ts';
import { apiTypes, apiTypesFile } from './api-types.ts';
import { decisionIndex } from './decision-index.ts';
import { brokenCommands, brokenReferences } from './doc-references.ts';
import { eventsDocument } from './events-document.ts';
import { openApiDocument } from './openapi-document.ts';
import { permissionsDocument } from './permissions-document.ts';
import { rulesDocument } from './rules-document.ts';
import { tableDocument } from './table-document.ts';

const json = (document: unknown): string => `${JSON.stringify(document, null, 2)}\n`;

const openApi = json(openApiDocument(await actions()));

const documents: Readonly<Record<string, string>> = {
  'docs/openapi.json': openApi,
  'docs/events.json': json(eventsDocument()),
  'docs/rules.md': rulesDocument(),
  'docs/permissions.md': permissionsDocument(),
  'docs/table.md': tableDocument(),
  'docs/decisions/README.md': decisionIndex(),
  [apiTypesFile]: await apiTypes(openApi),
  // What each rule says, for the console.
  'console/src/api/rules.json': json(Object.fromEntries(ruleSlugs.map((slug) => [slug, ruleOf(slug).says]))),
};

const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });

for (const [name, text] of Object.entries(documents)) {
  const file = new URL(`../${name}`, import.meta.url);
  if (!values.check) {
    writeFileSync(file, text);
  } else if (readFileSync(file, 'utf8') !== text) {
    console.error(`${name} is out of date. Run npm run docs.`);
    process.exitCode = 1;
  }
}

if (values.check) {
  for (const reference of [...brokenReferences(), ...brokenCommands()]) {
    console.error(`${reference} doesn't exist`);
    process.exitCode = 1;
  }
}
