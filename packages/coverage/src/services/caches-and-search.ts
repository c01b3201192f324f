import type { ServiceRules } from '../coverage-rule.ts';
import { storeRule } from './called-stores.ts';

export const ELASTICACHE: ServiceRules = {
  service: 'ElastiCache',
  rules: {
    'AWS::ElastiCache::ServerlessCache': storeRule(
      {
        namespace: 'AWS/ElastiCache',
        dimension: 'clusterId',
        metrics: ['ThrottledCmds', 'Evictions', 'SuccessfulReadRequestLatency', 'SuccessfulWriteRequestLatency'],
      },
      'have the functions that use it watched, or put an alarm on its ThrottledCmds',
    ),
  },
};

export const OPENSEARCH: ServiceRules = {
  service: 'OpenSearch',
  rules: {
    'AWS::OpenSearchServerless::Collection': storeRule(
      {
        namespace: 'AWS/AOSS',
        dimension: 'CollectionName',
        metrics: ['SearchRequestErrors', 'SearchRequestLatency', 'IngestionRequestErrors', 'IngestionDocumentErrors'],
      },
      'have the functions that use it watched, or put an alarm on its SearchRequestErrors and IngestionRequestErrors',
    ),
  },
};
