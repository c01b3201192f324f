import type { NeededAccess } from './needed-access.ts';

const STACK_OPERATIONS = [
  'CreateChangeSet',
  'CreateStack',
  'DeleteChangeSet',
  'DeleteStack',
  'DescribeChangeSet',
  'DescribeStackEvents',
  'DescribeStackResource',
  'DescribeStackResources',
  'DescribeStacks',
  'ExecuteChangeSet',
  'GetTemplate',
  'ListStackResources',
  'TagResource',
  'UntagResource',
  'UpdateStack',
];
const BUCKET_OPERATIONS = ['GetBucketLocation', 'ListBucket', 'ListBucketVersions'];
const OBJECT_OPERATIONS = ['DeleteObject', 'DeleteObjectVersion', 'GetObject', 'PutObject'];
const ANYWHERE = [
  'cloudformation:ValidateTemplate',
  'logs:DescribeLogGroups',
  'ssm:DescribeParameters',
  'sts:GetCallerIdentity',
];

/**
 * What `sls deploy`, `info` and `remove` call by themselves, beside what CloudFormation calls for a stack's resources.
 * Source: the AWS commands that lie below `lib/plugins/aws` of osls 4.3.
 */
export function frameworkAccess(stack: string): readonly NeededAccess[] {
  const bucket = `arn:aws:s3:::${stack}-serverlessdeploymentbucket-abcdefghijkl`;
  const stackArn = `arn:aws:cloudformation:eu-west-1:123456789012:stack/${stack}/0a1b2c3d`;
  return [
    ...STACK_OPERATIONS.map((name) => ({ action: `cloudformation:${name}`, resource: stackArn, context: {} })),
    ...BUCKET_OPERATIONS.map((name) => ({ action: `s3:${name}`, resource: bucket, context: {} })),
    ...OBJECT_OPERATIONS.map((name) => ({
      action: `s3:${name}`,
      resource: `${bucket}/serverless/code.zip`,
      context: {},
    })),
    ...ANYWHERE.map((action) => ({ action, resource: '*', context: {} })),
    {
      action: 'lambda:GetFunction',
      resource: `arn:aws:lambda:eu-west-1:123456789012:function:${stack}-any`,
      context: {},
    },
    {
      action: 'logs:DescribeSubscriptionFilters',
      resource: `arn:aws:logs:eu-west-1:123456789012:log-group:/aws/lambda/${stack}-any`,
      context: {},
    },
  ];
}
