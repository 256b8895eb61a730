import { describeEventNumbers } from '../support/event-numbers.ts';
import { MemoryStore } from '../support/memory-store/memory-store.ts';

describeEventNumbers('memory', async () => new MemoryStore(), 200);
