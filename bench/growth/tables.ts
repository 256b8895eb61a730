/** Large tables, made once and kept in the cache folder of the system. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { homedir, platform } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { PrincipalId } from '../../lib/model/ids.ts';
import type { Image } from '../../lib/model/image.ts';
import { sharesFor } from '../../lib/rules/share-items.ts';
import { DynamoDBStore } from '../../lib/table/dynamodb-store.ts';
import { clientOf, startEmbeddedDynamoDB } from '../../local/embedded-dynamodb.ts';
import { ensureTable } from '../../local/table.ts';
import { createAccounts } from '../../test/support/accounts.ts';
import { principal } from '../../test/support/builders.ts';

/** A table to fill: many copies of an image, each with its shares. */
export interface Copies {
  readonly table: string;
  /** The ID of the image must be as long as those of the copies, and its owner and recipients must have 12 digits. */
  readonly image: Image;
  readonly count: number;
  /** The first digits of the IDs of the copies. */
  readonly prefix: string;
  /** Open accounts in the table. */
  readonly accounts: readonly PrincipalId[];
  /** How many copies an owner has. Default: all have the owner of the image. */
  readonly perOwner?: number;
}

const cacheFolder = (): string =>
  platform() === 'darwin' ? join(homedir(), 'Library/Caches') : (process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'));

/** The files that decide what the rows look like. */
const sources = [
  'growth/tables.ts',
  '../lib/table/items/image.ts',
  '../lib/table/items/recipients.ts',
  '../lib/table/items/share.ts',
  '../package-lock.json',
  '../serverless.yml',
];

/** Returns the path of a data file of the embedded DynamoDB with these tables. Makes it if it isn't in the cache. A run may add to it. */
export async function dataFileWith(copies: readonly Copies[], progress: (text: string) => void): Promise<string> {
  const digest = createHash('sha256').update(JSON.stringify(copies));
  for (const source of sources) {
    digest.update(readFileSync(join(import.meta.dirname, '..', source)));
  }
  const folder = join(cacheFolder(), 'image-share-bench');
  const path = join(folder, `growth-${digest.digest('hex').slice(0, 16)}.sqlite`);
  if (!existsSync(path)) {
    // Earlier versions are of no use.
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    const draft = join(folder, 'draft.sqlite');
    await writeSamples(draft, copies);
    const database = new DatabaseSync(draft);
    for (const each of copies) {
      progress(`${each.count} images in ${each.table}`);
      copyRows(database, each);
    }
    database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    database.close();
    renameSync(draft, path);
  }
  return path;
}

/** Writes each image and its shares once, as the service does. */
async function writeSamples(path: string, copies: readonly Copies[]): Promise<void> {
  const { endpoint, child } = await startEmbeddedDynamoDB({ path });
  const client = DynamoDBDocumentClient.from(clientOf(endpoint));
  try {
    const seen = new Set<string>();
    for (const { table, image, accounts } of copies) {
      await ensureTable(endpoint, table);
      const store = new DynamoDBStore(client, table);
      if (!seen.has(table)) {
        seen.add(table);
        await createAccounts(
          store,
          accounts.map((account) => ({ account, project: principal(`org-${account}`) })),
        );
      }
      await store.commit([
        { do: 'create-image', image },
        ...sharesFor(image, image.recipients, { at: image.createdAt, actor: image.owner, recordId: 'record-0' }).map(
          (share) => ({ do: 'put-share', share }) as const,
        ),
      ]);
    }
  } finally {
    client.destroy();
    await child.stop();
  }
}

/** Copies the rows of the image, with other IDs. The engine has a table for the items, and one for the entries of the index. */
function copyRows(database: DatabaseSync, { table, image, count, prefix, perOwner }: Copies): void {
  const { imageId, owner } = image;
  const digits = imageId.length - 'img-'.length - prefix.length;
  const copyId = `'img-${prefix}' || printf('%0${digits}d', n.i)`;
  const copyOwner = perOwner === undefined ? `'${owner}'` : `'7' || printf('%011d', n.i / ${perOwner})`;
  const copied = (column: string) => `replace(replace(${column}, '${imageId}', ${copyId}), '${owner}', ${copyOwner})`;
  for (const [name, keys] of [
    [table, ['pk', 'sk']],
    [`${table}::gsi::GSI1`, ['gsi_pk', 'gsi_sk', 'table_pk', 'table_sk']],
  ] as const) {
    const columns = database
      .prepare(`SELECT name FROM pragma_table_info(?)`)
      .all(name)
      .map((column) => String(column['name']));
    const values = columns.map((column) => ([...keys, 'item_json'].includes(column) ? copied(column) : column));
    database.exec(`
      CREATE TEMP TABLE sample AS SELECT * FROM "${name}" WHERE item_json LIKE '%${imageId}%';
      WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${count - 1})
      INSERT INTO "${name}" (${columns.join(', ')}) SELECT ${values.join(', ')} FROM n, sample;
      DROP TABLE sample;
    `);
  }
}
