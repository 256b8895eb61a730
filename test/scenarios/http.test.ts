import { describeScenarios } from './describe-scenarios.ts';
import { httpTarget } from './http-target.ts';

describeScenarios('http', httpTarget);
