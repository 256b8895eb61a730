import { MemoryStore } from '../../lib/store/memory.ts';
import { describeScenarios } from './describe-scenarios.ts';
import { storeTarget } from './store-target.ts';

describeScenarios('memory', async () => storeTarget(new MemoryStore()));
