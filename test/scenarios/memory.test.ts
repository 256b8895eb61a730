import { MemoryStore } from '../support/memory-store/memory-store.ts';
import { describeScenarios } from './describe-scenarios.ts';
import { storeTarget } from './store-target.ts';

describeScenarios('memory', async () => storeTarget(new MemoryStore()));
