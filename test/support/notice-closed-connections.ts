/**
 * Before the first test of a file: while it was loaded nothing else ran in this process, and connections that were kept may
 * have been closed by the other side. A few turns of the event loop, and that is noticed.
 */
import { setImmediate } from 'node:timers/promises';

const turns = 5;

beforeAll(async () => {
  for (let turn = 0; turn < turns; turn += 1) {
    await setImmediate();
  }
});
