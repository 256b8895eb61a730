/**
 * Maintenance of the embedded DynamoDB's stream table. The engine looks up records by sequence number on each write and each
 * poll, has no index for that, and never removes records. Without this maintenance, each write would take longer than the one
 * before.
 */
import { readFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';

/** The columns that the indexes and the trimming use, with their types. `created_at` is in epoch seconds. */
const columns = { table_name: 'TEXT', shard_id: 'TEXT', sequence_number: 'TEXT', created_at: 'INTEGER' } as const;

const sequenceNumber = 'CAST(sequence_number AS INTEGER)';
const indexes = {
  stream_records_by_number: `table_name, ${sequenceNumber}`,
  stream_records_by_shard: `table_name, shard_id, ${sequenceNumber}`,
} as const;

/** How long SQLite waits for a lock, because the engine can be writing. */
const busyTimeoutMs = 30_000;

/** DynamoDB Streams keeps records for 24 hours. */
const retentionSeconds = 86_400;

/**
 * Adds missing indexes to the file of a running engine. Throws if the stream table doesn't have the expected columns.
 */
export function indexStreamTable(file: string): void {
  withDatabase(file, (database) => {
    const actual = new Map(
      database
        .prepare("SELECT name, type FROM pragma_table_info('_stream_records')")
        .all()
        .map(({ name, type }) => [name, type]),
    );
    const missing = Object.entries(columns).filter(([name, type]) => actual.get(name) !== type);
    if (missing.length > 0) {
      const expected = missing.map(([name, type]) => `${name} ${type}`).join(', ');
      throw new Error(
        `This version of the embedded DynamoDB has no columns _stream_records(${expected}), so the indexes that keep it from slowing down with every write can't be added. Install the version in package-lock.json (npm ci), or set DYNAMODB_ENDPOINT to another DynamoDB.`,
      );
    }
    for (const [name, expressions] of Object.entries(indexes)) {
      database.exec(`CREATE INDEX IF NOT EXISTS ${name} ON _stream_records(${expressions})`);
    }
  });
}

/**
 * Reads the sequence number of the last relayed record of each shard from the stream plugin's checkpoint file, whose keys are
 * `streamArn::shardId`. Like the plugin, treats a missing or damaged checkpoint as empty: no record counts as relayed.
 */
export function readCheckpoint(checkpoint: string): ReadonlyMap<string, string> {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(checkpoint, 'utf8'));
  } catch {
    return new Map();
  }
  const entries = typeof content === 'object' && content !== null ? Object.entries(content) : [];
  return new Map(entries.map(([key, last]) => [key.split('::').at(-1) ?? '', String(last)]));
}

/**
 * From the file of a stopped engine, removes records that were relayed and are older than 24 hours. `lastRelayed` has the last
 * relayed sequence number of each shard. The newest record of a shard stays, because the engine derives the next sequence
 * number from it.
 */
export function trimStreamTable(file: string, lastRelayed: ReadonlyMap<string, string>, now: Date): void {
  withDatabase(file, (database) => {
    if (database.prepare("SELECT 1 FROM sqlite_master WHERE name = '_stream_records'").get() === undefined) {
      return;
    }
    const remove = database.prepare(
      `DELETE FROM _stream_records
       WHERE shard_id = :shard AND ${sequenceNumber} <= :last AND created_at < :before
         AND ${sequenceNumber} < (SELECT MAX(${sequenceNumber}) FROM _stream_records WHERE shard_id = :shard)`,
    );
    const before = Math.floor(now.getTime() / 1_000) - retentionSeconds;
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
          `The data in ${file} can't be read: ${(cause as Error).message}. Restore the file, or delete it to start with new data.`,
          { cause },
        )
      : cause;
  } finally {
    database?.close();
  }
}
