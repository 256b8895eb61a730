import { MemoryStore } from '../../lib/store/memory.ts';
import { describeEventNumbers } from '../support/event-numbers.ts';

describeEventNumbers('memory', async () => new MemoryStore(), 200);
