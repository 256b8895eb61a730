/** `npm run test:clients [-- [--record] [NAME...]]`: real clients, unmodified, against an `npm start` of their own. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exitWith, parseOptions } from '../../local/options.ts';
import { makeCertificate } from './certificate.ts';
import type { Bench, Client } from './client.ts';
import { libcloudClient } from './libcloud.ts';
import { OwnService } from './own-service.ts';
import { packerClients } from './packer.ts';
import { endAll } from './programs.ts';
import { hosts, type RecordingProxy, startProxy } from './proxy.ts';
import { writeFixture } from './recording.ts';
import { installedTools, packageOf, type ToolName } from './tools.ts';

const all: readonly Client[] = [...packerClients, libcloudClient];

const usage = `Usage: npm run -s test:clients [-- [--record] [NAME...]]
Runs the clients whose names contain a NAME, or all of them:
  ${all.map(({ name }) => name).join('\n  ')}
--record writes the requests of those that passed to test/clients/fixtures/.
Exit codes: 0 no client failed, 1 one did, 2 they could not be run.`;

interface Row {
  readonly client: string;
  readonly result: 'passed' | 'failed' | 'skipped';
  readonly seconds: string;
  readonly requests: string;
  readonly what: string;
}

/** What is printed of a client's output: why it failed is at its end. */
const failureLines = 20;

const folder = mkdtempSync(join(tmpdir(), 'image-share-clients-'));
process.on('exit', () => {
  endAll();
  rmSync(folder, { recursive: true, force: true });
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => process.exit(2));
}
await exitWith(main);

/** Gives the exit code. */
async function main(): Promise<number> {
  const { values, positionals } = parseOptions(
    { allowPositionals: true, options: { help: { type: 'boolean' }, record: { type: 'boolean' } } },
    'npm run -s test:clients',
  );
  if (values.help) {
    console.log(usage);
    return 0;
  }
  const asked = all.filter(({ name }) => positionals.length === 0 || positionals.some((part) => name.includes(part)));
  if (asked.length === 0) {
    throw new Error(usage);
  }
  const tools = installedTools();
  const isRunnable = ({ tool }: Client) => tools.has('openssl') && tools.has(tool);
  const runnable = asked.filter(isRunnable);
  const rows = runnable.length === 0 ? [] : await runAll(runnable, tools, values.record === true);
  const skipped = asked.filter((client) => !isRunnable(client)).map((client) => skip(client, tools));
  print([...rows, ...skipped]);
  return rows.some(({ result }) => result === 'failed') ? 1 : 0;
}

function skip({ name, tool }: Client, tools: ReadonlyMap<ToolName, string>): Row {
  const missing = packageOf(tools.has('openssl') ? tool : 'openssl');
  const what = `Debian's package ${missing} is not installed, and apt-get does not install it here`;
  return { client: name, result: 'skipped', seconds: '', requests: '', what };
}

async function runAll(clients: readonly Client[], tools: ReadonlyMap<ToolName, string>, isRecorded: boolean): Promise<Row[]> {
  const certificate = makeCertificate(folder, hosts);
  const service = await OwnService.start(folder);
  const proxy = await startProxy(service.port, certificate);
  const rows: Row[] = [];
  for (const client of clients) {
    const ownFolder = join(folder, client.name);
    mkdirSync(ownFolder);
    const key = await service.newKey();
    const bench = { service, key, proxy: proxy.url, certificate: certificate.file, folder: ownFolder };
    rows.push(await result(client, tools.get(client.tool) ?? '', bench, proxy, isRecorded));
  }
  await proxy.stop();
  await service.stop();
  if (proxy.refused.size > 0) {
    console.log(`The proxy let nothing through to ${[...proxy.refused].join(', ')}.`);
  }
  return rows;
}

async function result(client: Client, version: string, bench: Bench, proxy: RecordingProxy, isRecorded: boolean): Promise<Row> {
  const { service, key } = bench;
  const images = await Promise.all(
    client.sources.map(async (region) => ({ region, imageId: await service.newImage(region, 'base') })),
  );
  proxy.take();
  const startedAt = new Date();
  const failure = await client
    .run(
      bench,
      images.map(({ imageId }) => imageId),
    )
    .then(() => undefined, String);
  const seconds = ((Date.now() - startedAt.getTime()) / 1_000).toFixed(0);
  const exchanges = proxy.take();
  if (failure !== undefined) {
    console.log(`\n${client.name} failed: ${failure.split('\n').slice(-failureLines).join('\n')}\n`);
  } else if (isRecorded && client.notRecorded === undefined) {
    const imagesMade = await service.madeSince(startedAt.toISOString());
    writeFixture({ client, version, key, images, exchanges, imagesMade });
  }
  return {
    client: client.name,
    result: failure === undefined ? 'passed' : 'failed',
    seconds,
    requests: String(exchanges.length),
    what: `${version}: ${client.what}`,
  };
}

function print(rows: readonly Row[]): void {
  const columns = ['client', 'result', 'seconds', 'requests', 'what'] as const;
  const widths = columns.map((column) => Math.max(column.length, ...rows.map((row) => row[column].length)));
  const line = (cells: readonly string[]) => cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join('  ');
  for (const cells of [[...columns], ...rows.map((row) => columns.map((column) => row[column]))]) {
    console.log(line(cells).trimEnd());
  }
  const count = (result: Row['result']) => rows.filter((row) => row.result === result).length;
  console.log(`${count('passed')} passed, ${count('failed')} failed, ${count('skipped')} skipped`);
}
