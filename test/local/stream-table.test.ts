import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { clientOf, startEmbeddedDynamoDB } from '../../local/embedded-dynamodb.ts';
import { indexStreamTable, readCheckpoint, trimStreamTable } from '../../local/stream-table.ts';
import { ensureTable } from '../../local/table.ts';

const folder = mkdtempSync(join(tmpdir(), 'image-share-stream-'));
afterAll(() => rmSync(folder, { recursive: true }));

let files = 0;
const freshFile = (): string => {
  files += 1;
  return join(folder, `${files}.sqlite`);
};

/** Runs work on the file's database and closes it. */
function withFile<Result>(file: string, work: (database: DatabaseSync) => Result): Result {
  const database = new DatabaseSync(file);
  try {
    return work(database);
  } finally {
    database.close();
  }
}

/** The engine's queries for the next number at each write, and for the records after a number at each poll: src/storage.rs. */
const queries = [
  'SELECT COALESCE(MAX(CAST(sequence_number AS INTEGER)), 0) + 1 FROM _stream_records WHERE table_name = ?',
  `SELECT event_name, keys_json, new_image, old_image, sequence_number, created_at, user_identity FROM _stream_records
   WHERE table_name = ? AND shard_id = ? AND CAST(sequence_number AS INTEGER) > ?
   ORDER BY CAST(sequence_number AS INTEGER) ASC LIMIT ?`,
];

const plansIn = (file: string): string[] =>
  withFile(file, (database) =>
    queries.map((query) =>
      database
        .prepare(`EXPLAIN QUERY PLAN ${query}`)
        .all(...(query.match(/\?/g) ?? []).map(() => 1))
        .map(({ detail }) => detail)
        .join('; '),
    ),
  );

const searches = [
  expect.stringMatching(/^SEARCH _stream_records USING COVERING INDEX \w+ \(table_name=\?\)$/),
  expect.stringMatching(/^SEARCH _stream_records USING INDEX \w+ \(table_name=\? AND shard_id=\? AND <expr>>\?\)$/),
];

describe('startEmbeddedDynamoDB', () => {
  it('adds indexes for stream records, to a new file and to one without them', async () => {
    const file = freshFile();

    const first = await startEmbeddedDynamoDB({ path: file });
    const afterFirst = plansIn(file);
    await first.child.stop();
    withFile(file, (database) => database.exec('DROP INDEX stream_records_by_number; DROP INDEX stream_records_by_shard'));
    const withoutIndexes = plansIn(file);
    const second = await startEmbeddedDynamoDB({ path: file });
    const afterSecond = plansIn(file);
    await second.child.stop();

    expect(afterFirst).toEqual(searches);
    expect(withoutIndexes).toEqual(expect.arrayContaining([expect.stringContaining('SCAN _stream_records')]));
    expect(afterSecond).toEqual(searches);
  });

  it('continues numbering after records of a stream were removed', async () => {
    const file = freshFile();
    const put = async (endpoint: string, id: string) => {
      const client = clientOf(endpoint);
      await ensureTable(endpoint, 'numbered');
      await client.send(new PutItemCommand({ TableName: 'numbered', Item: { PK: { S: id }, SK: { S: id } } }));
      client.destroy();
    };
    const numbers = () =>
      withFile(file, (database) =>
        database
          .prepare('SELECT sequence_number AS number FROM _stream_records')
          .all()
          .map(({ number }) => number),
      );
    const first = await startEmbeddedDynamoDB({ path: file });
    await put(first.endpoint, 'a');
    await put(first.endpoint, 'b');
    await first.child.stop();

    trimStreamTable(file, new Map([['shardId-00000001-numbered', '2']]), new Date('2100-01-01T00:00:00Z'));
    expect(numbers()).toEqual(['2']);
    const second = await startEmbeddedDynamoDB({ path: file });
    await put(second.endpoint, 'c');
    await second.child.stop();

    expect(numbers()).toEqual(['2', '3']);
  });
});

/** Creates a file with the stream table as the engine defines it, or with other columns. */
function streamTableFile(columns = 'table_name TEXT, shard_id TEXT, sequence_number TEXT, created_at INTEGER'): string {
  const file = freshFile();
  withFile(file, (database) => database.exec(`CREATE TABLE _stream_records (${columns})`));
  return file;
}

describe('indexStreamTable', () => {
  it.each([
    ['table_name TEXT, shard_id TEXT, sequence_number INTEGER, created_at INTEGER', 'sequence_number TEXT'],
    ['table_name TEXT, sequence_number TEXT, created_at INTEGER', 'shard_id TEXT'],
  ])('refuses an engine that has the columns %s', (columns, missing) => {
    const file = streamTableFile(columns);

    expect(() => indexStreamTable(file)).toThrow(
      `This version of the embedded DynamoDB has no columns _stream_records(${missing}), so the indexes`,
    );
  });

  it('refuses an engine without a stream table', () => {
    expect(() => indexStreamTable(freshFile())).toThrow('DYNAMODB_ENDPOINT');
  });
});

describe('trimStreamTable', () => {
  const now = new Date('2026-11-26T12:00:00Z');
  const hoursAgo = (hours: number): number => now.getTime() / 1_000 - hours * 3_600;

  it('removes relayed records older than a day, except the newest record of a shard', () => {
    const file = streamTableFile();
    withFile(file, (database) => {
      const insert = database.prepare('INSERT INTO _stream_records VALUES (?, ?, ?, ?)');
      for (const [shard, number, hours] of [
        ['relayed', '9', 30],
        ['relayed', '10', 25],
        ['relayed', '11', 23],
        ['behind', '1', 30],
        ['behind', '2', 30],
        ['quiet', '1', 30],
        ['quiet', '2', 30],
        ['unknown', '1', 30],
        ['unknown', '2', 30],
      ] as const) {
        insert.run('table', shard, number, hoursAgo(hours));
      }
    });

    const lastRelayed = new Map([
      ['relayed', '11'],
      ['behind', '1'],
      ['quiet', '2'],
      ['gone', '5'],
    ]);
    trimStreamTable(file, lastRelayed, now);

    const remaining = withFile(file, (database) =>
      database
        .prepare('SELECT shard_id AS shard, sequence_number AS number FROM _stream_records')
        .all()
        .map(({ shard, number }) => `${shard} ${number}`),
    );
    expect(remaining).toEqual(['relayed 11', 'behind 2', 'quiet 2', 'unknown 1', 'unknown 2']);
  });

  it('ignores a file in which the engine has not created its tables yet', () => {
    expect(() => trimStreamTable(freshFile(), new Map([['shard', '1']]), now)).not.toThrow();
  });
});

describe('readCheckpoint', () => {
  it('reads the checkpoint of the stream plugin', () => {
    const plugin = createRequire(import.meta.url)('serverless-offline-dynamodb-streams/src/checkpoint-store.js');
    const file = join(folder, 'checkpoint.json');
    const arn = 'arn:aws:dynamodb:us-east-1:000000000000:table/image-share/stream/1790000000.000000000';

    expect(readCheckpoint(file)).toEqual(new Map());
    plugin.saveState(file, plugin.setCheckpoint({}, arn, 'shardId-00000001-image-share', '17'));

    expect(readCheckpoint(file)).toEqual(new Map([['shardId-00000001-image-share', '17']]));
  });

  it.each(['', '{', 'null', '"x"'])('returns nothing for the checkpoint %j, which a killed start can leave behind', (text) => {
    const file = join(folder, 'torn.json');
    writeFileSync(file, text);

    expect(readCheckpoint(file)).toEqual(new Map());
  });
});

describe('a file that is not a database', () => {
  it('is reported, with a remedy', () => {
    const file = freshFile();
    writeFileSync(file, 'x'.repeat(10_000));

    expect(() => indexStreamTable(file)).toThrow(`The data in ${file} can't be read: file is not a database. Restore the file,`);
  });
});
