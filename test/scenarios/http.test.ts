import { describeScenarios, underOnePolicy } from './describe-scenarios.ts';
import { httpTarget } from './http-target.ts';

describeScenarios('http', httpTarget, underOnePolicy);
