/**
 * Before the first test of a file: nothing ran in this process while the file was loading, so the other side may have closed
 * keep-alive connections. A few turns of the event loop let the process notice.
 */
import { setImmediate } from 'node:timers/promises';

const turns = 5;

beforeAll(async () => {
  for (let turn = 0; turn < turns; turn += 1) {
    await setImmediate();
  }
});
