/** Finds secrets in what a running service writes. */
import { documentClientOf } from '../../lib/table/document-client.ts';
import { clientOf } from '../../local/embedded-dynamodb.ts';
import { freePortPair } from '../../local/ports.ts';
import { type Stack, startStack } from '../../local/stack.ts';
import { linesWithSecrets } from './secret-forms.ts';
import { TableSnapshot, textOf } from './table-snapshot.ts';

/** How many lines with secrets are kept. A service can repeat one endlessly. */
const leaksMax = 20;

/**
 * Starts the whole service on a DynamoDB, in a table of its own, with a log line for each call. Its `stop` throws if the service
 * wrote a secret to its output or its table.
 */
export async function startWatchedStack(dynamodb: string, environment: Readonly<Record<string, string>> = {}): Promise<Stack> {
  const port = await freePortPair();
  const leaks: string[] = [];
  const stack = await startStack({
    port,
    dynamodb,
    tableName: `image-share-test-${process.pid}-${port}`,
    environment: { POWERTOOLS_LOG_LEVEL: 'INFO', ...environment },
    onOutput: inLines((lines) => leaks.length < leaksMax && leaks.push(...linesWithSecrets(lines))),
  });
  return {
    ...stack,
    stop: async () => {
      await stack.stop();
      leaks.push(...linesWithSecrets(await tableText(dynamodb, stack.tableName)));
      if (leaks.length > 0) {
        throw new Error(`The service wrote a secret:\n${leaks.slice(0, leaksMax).join('\n')}`);
      }
    },
  };
}

/** Calls `use` with the complete lines of an output that comes in parts. */
function inLines(use: (lines: string) => unknown): (part: string) => void {
  let lastLine = '';
  return (part) => {
    const lines = lastLine + part;
    const end = lines.lastIndexOf('\n') + 1;
    use(lines.slice(0, end));
    lastLine = lines.slice(end);
  };
}

/** Reads a table as text, an item per line. */
async function tableText(endpoint: string, table: string): Promise<string> {
  const client = clientOf(endpoint);
  const { taken } = await TableSnapshot.take(documentClientOf(client), table);
  client.destroy();
  return taken.map(textOf).join('\n');
}
