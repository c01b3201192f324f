import type { Change } from '@lamplighter/remedies';

/** ARNs that a change touches, for the policy of its session. `*` stands where AWS gives the resource an id of its own. */
export function arnsOf(
  change: Change,
  { region, accountId, partition }: { region: string; accountId: string; partition: string },
): string[] {
  const arn = (service: string, rest: string) => `arn:${partition}:${service}:${region}:${accountId}:${rest}`;
  switch (change.kind) {
    case 'lambda-configuration':
    case 'lambda-reserved-concurrency':
      return [arn('lambda', `function:${change.functionName}`)];
    case 'lambda-warm': {
      const qualified = change.qualifier === undefined ? '' : `:${change.qualifier}`;
      return [arn('lambda', `function:${change.functionName}${qualified}`)];
    }
    case 'lambda-provisioned-schedule':
    case 'lambda-provisioned-concurrency':
      return [
        arn('lambda', `function:${change.functionName}`),
        arn('lambda', `function:${change.functionName}:${change.qualifier}`),
      ];
    case 'lambda-release':
      // The version that is published has no number yet.
      return [arn('lambda', `function:${change.functionName}`), arn('lambda', `function:${change.functionName}:*`)];
    case 'lambda-alias':
      return [
        arn('lambda', `function:${change.functionName}`),
        arn('lambda', `function:${change.functionName}:${change.alias}`),
      ];
    case 'event-source-mapping':
      return [arn('lambda', `event-source-mapping:${change.uuid}`)];
    case 'queue-redrive':
      return [change.deadLetterQueueArn, change.sourceQueueArn];
    case 'kinesis-capacity':
      return [arn('kinesis', `stream/${change.streamName}`)];
    case 'dynamodb-capacity':
    case 'dynamodb-warm':
      return [arn('dynamodb', `table/${change.tableName}`)];
    case 'aurora-capacity':
      return [arn('rds', `cluster:${change.clusterId}`)];
    case 'aurora-index':
      return [change.clusterArn, change.secretArn];
    case 'cache-limits':
      return [arn('elasticache', `serverlesscache:${change.cacheName}`)];
    case 'api-throttle':
    case 'api-cache': {
      const apis = change.kind === 'api-throttle' && change.protocol === 'HTTP' ? 'apis' : 'restapis';
      return [`arn:${partition}:apigateway:${region}::/${apis}/${change.apiId}/stages/${change.stage}`];
    }
  }
}

/** Application Auto Scaling names a target only once it is registered: https://docs.aws.amazon.com/service-authorization/latest/reference/list_applicationautoscaling.html */
const NAMES_NOTHING = /^(?:application-autoscaling|iam):/;

/** The session may do what the playbook says it needs, on these resources. */
export function sessionPolicyOf(permissions: readonly string[], resources: readonly string[]): string {
  const unnamed = permissions.filter((action) => NAMES_NOTHING.test(action));
  const named = permissions.filter((action) => !NAMES_NOTHING.test(action));
  const statements = [
    { Effect: 'Allow', Action: named, Resource: resources },
    { Effect: 'Allow', Action: unnamed, Resource: '*' },
  ];
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: statements.filter(({ Action }) => Action.length > 0),
  });
}
