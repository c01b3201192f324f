/** What CloudFormation calls, with the deployer's permissions, to create, read, change, tag and delete a resource of a type. */
export interface TypeActions {
  readonly actions: readonly string[];
  /** Service that the resource's role is passed to. */
  readonly passesRoleTo?: string;
}

const of = (service: string, ...operations: readonly string[]): readonly string[] =>
  operations.map((operation) => `${service}:${operation}`);

const REST = of('apigateway', 'DELETE', 'GET', 'PATCH', 'POST', 'PUT');
const TAGS = ['ListTagsForResource', 'TagResource', 'UntagResource'] as const;

/**
 * By resource type, as far as this repository's templates use it: no virtual networks, file systems, code signing, replication.
 * Source: the `handlers` of the CloudFormation registry's resource schemas, and the Service Authorization Reference.
 */
export const ACTIONS_OF_TYPES: Readonly<Record<string, TypeActions>> = {
  'AWS::ApiGatewayV2::Api': { actions: REST },
  'AWS::ApiGatewayV2::Authorizer': { actions: REST },
  'AWS::ApiGatewayV2::Integration': { actions: REST },
  'AWS::ApiGatewayV2::Route': { actions: REST },
  'AWS::ApiGatewayV2::Stage': { actions: REST },
  'AWS::CloudFront::Distribution': {
    actions: [
      ...of('cloudfront', 'CreateDistribution', 'DeleteDistribution', 'GetDistribution', 'GetDistributionConfig'),
      ...of('cloudfront', 'UpdateDistribution', ...TAGS),
    ],
  },
  'AWS::CloudFront::OriginAccessControl': { actions: lifeOf('cloudfront', 'OriginAccessControl') },
  'AWS::CloudFront::ResponseHeadersPolicy': { actions: lifeOf('cloudfront', 'ResponseHeadersPolicy') },
  'AWS::CloudWatch::Alarm': { actions: of('cloudwatch', 'DeleteAlarms', 'DescribeAlarms', 'PutMetricAlarm', ...TAGS) },
  'AWS::DynamoDB::Table': {
    actions: [
      ...of('dynamodb', 'CreateTable', 'DeleteTable', 'DescribeTable', 'UpdateTable', 'GetResourcePolicy'),
      ...of('dynamodb', 'DescribeContinuousBackups', 'UpdateContinuousBackups', 'DescribeContributorInsights'),
      ...of('dynamodb', 'DescribeKinesisStreamingDestination', 'DescribeTimeToLive', 'UpdateTimeToLive'),
      ...of('dynamodb', 'ListTagsOfResource', 'TagResource', 'UntagResource'),
    ],
  },
  'AWS::Events::Archive': {
    actions: of('events', 'CreateArchive', 'DeleteArchive', 'DescribeArchive', 'UpdateArchive'),
  },
  'AWS::Events::EventBus': {
    actions: of('events', 'CreateEventBus', 'DeleteEventBus', 'DescribeEventBus', 'UpdateEventBus', ...TAGS),
  },
  'AWS::Events::Rule': {
    actions: [
      ...of('events', 'DeleteRule', 'DescribeRule', 'DisableRule', 'EnableRule', 'ListTargetsByRule'),
      ...of('events', 'PutRule', 'PutTargets', 'RemoveTargets', ...TAGS),
    ],
  },
  'AWS::IAM::Policy': { actions: of('iam', 'DeleteRolePolicy', 'GetRolePolicy', 'PutRolePolicy') },
  'AWS::IAM::Role': {
    actions: [
      ...of('iam', 'CreateRole', 'DeleteRole', 'GetRole', 'UpdateRole', 'UpdateRoleDescription'),
      ...of('iam', 'UpdateAssumeRolePolicy', 'DeleteRolePolicy', 'GetRolePolicy', 'PutRolePolicy'),
      ...of('iam', 'ListAttachedRolePolicies', 'ListRolePolicies', 'TagRole', 'UntagRole'),
    ],
  },
  'AWS::Kinesis::Stream': {
    actions: [
      ...of('kinesis', 'CreateStream', 'DeleteStream', 'DescribeStream', 'DescribeStreamSummary'),
      ...of('kinesis', 'DecreaseStreamRetentionPeriod', 'IncreaseStreamRetentionPeriod'),
      ...of('kinesis', 'StartStreamEncryption', 'StopStreamEncryption'),
      ...of('kinesis', 'AddTagsToStream', 'ListTagsForStream', 'RemoveTagsFromStream'),
    ],
  },
  'AWS::KinesisFirehose::DeliveryStream': {
    actions: [
      ...of('firehose', 'CreateDeliveryStream', 'DeleteDeliveryStream', 'DescribeDeliveryStream', 'UpdateDestination'),
      ...of('firehose', 'ListTagsForDeliveryStream', 'TagDeliveryStream', 'UntagDeliveryStream'),
    ],
    passesRoleTo: 'firehose.amazonaws.com',
  },
  'AWS::Lambda::EventInvokeConfig': {
    actions: [
      ...of('lambda', 'DeleteFunctionEventInvokeConfig', 'GetFunctionEventInvokeConfig'),
      ...of('lambda', 'PutFunctionEventInvokeConfig', 'UpdateFunctionEventInvokeConfig'),
    ],
  },
  'AWS::Lambda::EventSourceMapping': { actions: lifeOf('lambda', 'EventSourceMapping') },
  'AWS::Lambda::Function': {
    actions: [
      ...of('lambda', 'CreateFunction', 'DeleteFunction', 'GetFunction', 'GetFunctionConfiguration'),
      ...of('lambda', 'UpdateFunctionCode', 'UpdateFunctionConfiguration', 'GetRuntimeManagementConfig'),
      ...of('lambda', 'DeleteFunctionConcurrency', 'PutFunctionConcurrency'),
      ...of('lambda', 'GetFunctionCodeSigningConfig', 'GetFunctionRecursionConfig'),
      ...of('lambda', 'ListTags', 'TagResource', 'UntagResource'),
    ],
    passesRoleTo: 'lambda.amazonaws.com',
  },
  'AWS::Lambda::Permission': { actions: of('lambda', 'AddPermission', 'GetPolicy', 'RemovePermission') },
  'AWS::Logs::LogGroup': {
    actions: of('logs', 'CreateLogGroup', 'DeleteLogGroup', 'DeleteRetentionPolicy', 'PutRetentionPolicy', ...TAGS),
  },
  'AWS::S3::Bucket': {
    actions: [
      ...of('s3', 'CreateBucket', 'DeleteBucket', 'ListBucket', 'GetBucketTagging', 'PutBucketTagging'),
      ...of('s3', 'GetBucketPublicAccessBlock', 'PutBucketPublicAccessBlock', 'PutBucketVersioning'),
      ...of('s3', 'GetEncryptionConfiguration', 'PutEncryptionConfiguration'),
      ...of('s3', 'GetLifecycleConfiguration', 'PutLifecycleConfiguration'),
    ],
  },
  'AWS::S3::BucketPolicy': { actions: of('s3', 'DeleteBucketPolicy', 'GetBucketPolicy', 'PutBucketPolicy') },
  'AWS::SQS::Queue': {
    actions: [
      ...of('sqs', 'CreateQueue', 'DeleteQueue', 'GetQueueAttributes', 'GetQueueUrl', 'SetQueueAttributes'),
      ...of('sqs', 'ListQueueTags', 'TagQueue', 'UntagQueue'),
    ],
  },
  'AWS::SQS::QueuePolicy': { actions: of('sqs', 'GetQueueAttributes', 'SetQueueAttributes') },
  'AWS::SSM::Parameter': {
    actions: [
      ...of('ssm', 'DeleteParameter', 'GetParameter', 'GetParameters', 'PutParameter'),
      ...of('ssm', 'AddTagsToResource', 'ListTagsForResource', 'RemoveTagsFromResource'),
    ],
  },
  'AWS::StepFunctions::StateMachine': {
    actions: [...lifeOf('states', 'StateMachine', 'Describe'), ...of('states', ...TAGS)],
    passesRoleTo: 'states.amazonaws.com',
  },
};

function lifeOf(service: string, noun: string, read = 'Get'): readonly string[] {
  return of(service, `Create${noun}`, `Delete${noun}`, `${read}${noun}`, `Update${noun}`);
}
