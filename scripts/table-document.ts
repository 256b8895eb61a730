import { type ItemSchema, indexName, schema } from '../lib/table/schema.ts';

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
const code = (text: string | undefined): string => (text === undefined ? '' : `\`${text}\``);

const nameOf = (kind: string): string => kind.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

/** The document of the table's items, made of the very patterns that keys are written by. */
export function tableDocument(): string {
  const kinds: readonly (readonly [string, ItemSchema])[] = Object.entries(schema);
  const keys = kinds.map(([kind, { PK, SK, GSI1PK, GSI1SK }]) =>
    row([nameOf(kind), code(PK), PK === SK ? 'the same' : code(SK), code(GSI1PK), code(GSI1SK)]),
  );
  const contents = kinds.map(([kind, { holds, expires = 'never' }]) => row([nameOf(kind), holds, expires]));
  return `# The table

Written by \`npm run docs\` from \`lib/table/schema.ts\`. One DynamoDB table holds everything; why, and what the map of recipients
has to do with it, is in [decision 0002](decisions/0002-one-table.md). \`{name}\` stands for a value. Each kind of item has a
file in \`lib/table/items/\` with its keys, its fields and the conditions of its writes.

## Keys

The index \`${indexName}\` lists items by \`${indexName}PK\`, in the order of \`${indexName}SK\`.

${[row(['item', 'PK', 'SK', `${indexName}PK`, `${indexName}SK`]), row(['---', '---', '---', '---', '---']), ...keys].join('\n')}

## What items hold

DynamoDB removes an item some time after its attribute \`ttl\` (epoch seconds) has passed.

${[row(['item', 'holds', 'expires']), row(['---', '---', '---']), ...contents].join('\n')}
`;
}
