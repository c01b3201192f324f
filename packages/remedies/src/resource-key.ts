import type { Change } from './change.ts';

/** The one thing that a change touches: two changes with the same one wait for each other. */
export function resourceKeyOf(change: Change): string {
  switch (change.kind) {
    case 'lambda-configuration':
    case 'lambda-release':
    case 'lambda-reserved-concurrency':
    case 'lambda-provisioned-concurrency':
    case 'lambda-provisioned-schedule':
    case 'lambda-alias':
    case 'lambda-warm':
      return `lambda/${change.functionName}`;
    case 'event-source-mapping':
      return `lambda/${change.functionName}`;
    case 'queue-redrive':
      return `sqs/${change.deadLetterQueueArn}`;
    case 'kinesis-capacity':
      return `kinesis/${change.streamName}`;
    case 'dynamodb-capacity':
    case 'dynamodb-warm':
      return `dynamodb/${change.tableName}`;
    case 'aurora-capacity':
      return `aurora/${change.clusterId}`;
    case 'aurora-index':
      // arn:<partition>:rds:<region>:<account>:cluster:<id>
      return `aurora/${change.clusterArn.split(':').at(-1)}`;
    case 'cache-limits':
      return `elasticache/${change.cacheName}`;
    case 'api-throttle':
    case 'api-cache':
      return `api/${change.apiId}`;
  }
}
