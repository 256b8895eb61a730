import { describeScenarios } from './describe-scenarios.ts';
import { dynamoDBTarget } from './store-target.ts';

describeScenarios('dynamodb', dynamoDBTarget);
