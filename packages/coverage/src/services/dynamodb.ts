import type { ServiceRules } from '../coverage-rule.ts';
import { storeRule } from './called-stores.ts';

const tableRule = storeRule(
  {
    namespace: 'AWS/DynamoDB',
    dimension: 'TableName',
    metrics: ['ReadThrottleEvents', 'WriteThrottleEvents', 'ThrottledRequests', 'SystemErrors'],
  },
  'have the functions that use it watched, or put an alarm on its ReadThrottleEvents and WriteThrottleEvents',
);

export const DYNAMODB: ServiceRules = {
  service: 'DynamoDB',
  rules: { 'AWS::DynamoDB::Table': tableRule, 'AWS::DynamoDB::GlobalTable': tableRule },
};
