/** Imports a bundle and calls its function once. Sends what that took to the parent process. */
import { randomUUID } from 'node:crypto';

const [file = '', event = ''] = process.argv.slice(2);
const { handler } = await import(file);
const loadedMs = performance.now();
const { write } = process.stdout;
process.stdout.write = () => true;
const response = await handler(JSON.parse(event), { awsRequestId: randomUUID(), getRemainingTimeInMillis: () => 29_000 });
process.stdout.write = write;
const { user, system } = process.cpuUsage();
// These times count from the start of the process.
const result = {
  loadedMs,
  answeredMs: performance.now(),
  processorMs: (user + system) / 1_000,
  rssMiB: process.memoryUsage.rss() / 2 ** 20,
  statusCode: response?.statusCode ?? 200,
};
process.send?.(result, () => process.exit());
