import { describeScenarios, underOnePolicy } from './describe-scenarios.ts';
import { dynamoDBTarget } from './dynamodb-target.ts';

describeScenarios('dynamodb', dynamoDBTarget, underOnePolicy);
