/**
 * The embedded DynamoDB's stream table. The engine looks for a record by number at each write and at each poll, has no index
 * for either, and never removes a record: without what is done here, every write costs more than the one before.
 */
import { readFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';

/** As the engine declares the columns that it looks for, and when a record was made, in seconds since 1970. */
const columns = { table_name: 'TEXT', shard_id: 'TEXT', sequence_number: 'TEXT', created_at: 'INTEGER' } as const;

const number = 'CAST(sequence_number AS INTEGER)';
const indexes = {
  stream_records_by_number: `table_name, ${number}`,
  stream_records_by_shard: `table_name, shard_id, ${number}`,
} as const;

/** The engine may be writing: how long SQLite waits for its turn. */
const busyTimeoutMs = 30_000;

/** How long DynamoDB keeps a record of a stream. */
const keptSeconds = 86_400;

/**
 * Adds the indexes to a running engine's file, unless they are there. Throws when the engine lays its stream table out in
 * another way than they are made for.
 */
export function indexStreamTable(file: string): void {
  withDatabase(file, (database) => {
    const declared = new Map(
      database
        .prepare("SELECT name, type FROM pragma_table_info('_stream_records')")
        .all()
        .map(({ name, type }) => [name, type]),
    );
    const unlike = Object.entries(columns).filter(([name, type]) => declared.get(name) !== type);
    if (unlike.length > 0) {
      const expected = unlike.map(([name, type]) => `${name} ${type}`).join(', ');
      throw new Error(
        `This version of the embedded DynamoDB has no columns _stream_records(${expected}), so it cannot be given the indexes without which it slows with every write. Install the version in package-lock.json (npm ci), or set DYNAMODB_ENDPOINT to another DynamoDB.`,
      );
    }
    for (const [name, expressions] of Object.entries(indexes)) {
      database.exec(`CREATE INDEX IF NOT EXISTS ${name} ON _stream_records(${expressions})`);
    }
  });
}

/**
 * The number of the last record of each shard that was relayed: the keys of the plugin's checkpoint are `streamArn::shardId`.
 * Empty where the checkpoint is missing or torn, as the plugin itself takes it: then nothing is known to be relayed.
 */
export function lastRelayedIn(checkpoint: string): ReadonlyMap<string, string> {
  let saved: unknown;
  try {
    saved = JSON.parse(readFileSync(checkpoint, 'utf8'));
  } catch {
    return new Map();
  }
  const entries = typeof saved === 'object' && saved !== null ? Object.entries(saved) : [];
  return new Map(entries.map(([key, number]) => [key.split('::').at(-1) ?? '', String(number)]));
}

/**
 * Removes the records older than a day, as DynamoDB does, from the file of an engine that does not run: those that were
 * relayed, by the number of the last relayed one of each shard. The newest record stays, since the engine counts on from it.
 */
export function trimStreamTable(file: string, lastRelayed: ReadonlyMap<string, string>, now: Date): void {
  withDatabase(file, (database) => {
    if (database.prepare("SELECT 1 FROM sqlite_master WHERE name = '_stream_records'").get() === undefined) {
      return;
    }
    const remove = database.prepare(
      `DELETE FROM _stream_records
       WHERE shard_id = :shard AND ${number} <= :last AND created_at < :before
         AND ${number} < (SELECT MAX(${number}) FROM _stream_records WHERE shard_id = :shard)`,
    );
    const before = Math.floor(now.getTime() / 1_000) - keptSeconds;
    for (const [shard, last] of lastRelayed) {
      remove.run({ shard, last: Number(last), before });
    }
  });
}

function withDatabase(file: string, work: (database: DatabaseSync) => void): void {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(file, { timeout: busyTimeoutMs });
    work(database);
  } catch (cause) {
    throw (cause as NodeJS.ErrnoException).code === 'ERR_SQLITE_ERROR'
      ? new Error(
          `The data in ${file} cannot be read: ${(cause as Error).message}. Restore the file, or remove it to start anew.`,
          { cause },
        )
      : cause;
  } finally {
    database?.close();
  }
}
