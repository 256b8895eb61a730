/** Runs a bundled function as Lambda does, one call at a time: calls it with each message, and answers what that took so far. */
import { randomUUID } from 'node:crypto';

const { handler } = await import(process.argv[2] as string);
// The log.
process.stdout.write = () => true;

process.on('message', async (event) => {
  const response = await handler(event, { awsRequestId: randomUUID(), getRemainingTimeInMillis: () => 29_000 });
  const { user, system } = process.cpuUsage();
  process.send?.({
    // What Lambda would return.
    response: JSON.stringify(response),
    peakMiB: process.resourceUsage().maxRSS / 1_024,
    processorMs: (user + system) / 1_000,
  });
});
process.send?.('ready');
