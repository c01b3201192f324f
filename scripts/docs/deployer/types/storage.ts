import { of, TAGS, type TypeActions, within } from './type-actions.ts';

/** What keeps data: tables, buckets, streams, log groups, parameters. */
export const STORAGE: Readonly<Record<string, TypeActions>> = {
  'AWS::DynamoDB::Table': {
    actions: [
      ...of('dynamodb', 'CreateTable', 'DeleteTable', 'DescribeTable', 'UpdateTable', 'GetResourcePolicy'),
      ...of('dynamodb', 'DescribeContinuousBackups', 'UpdateContinuousBackups', 'DescribeContributorInsights'),
      ...of('dynamodb', 'DescribeKinesisStreamingDestination', 'DescribeTimeToLive'),
      ...of('dynamodb', 'ListTagsOfResource', 'TagResource', 'UntagResource'),
    ],
    properties: {
      ...within('AttributeDefinitions', 'BillingMode', 'GlobalSecondaryIndexes', 'KeySchema'),
      ...within('StreamSpecification', 'TableName'),
      TimeToLiveSpecification: of('dynamodb', 'UpdateTimeToLive'),
    },
  },
  'AWS::Kinesis::Stream': {
    actions: [
      ...of('kinesis', 'CreateStream', 'DeleteStream', 'DescribeStream', 'DescribeStreamSummary'),
      ...of('kinesis', 'AddTagsToStream', 'ListTagsForStream', 'RemoveTagsFromStream', ...TAGS),
    ],
    properties: {
      ...within('Name'),
      RetentionPeriodHours: of('kinesis', 'DecreaseStreamRetentionPeriod', 'IncreaseStreamRetentionPeriod'),
      StreamEncryption: of('kinesis', 'StartStreamEncryption', 'StopStreamEncryption'),
      StreamModeDetails: of('kinesis', 'UpdateStreamMode'),
    },
  },
  'AWS::KinesisFirehose::DeliveryStream': {
    actions: [
      ...of('firehose', 'CreateDeliveryStream', 'DeleteDeliveryStream', 'DescribeDeliveryStream', 'UpdateDestination'),
      ...of('firehose', 'ListTagsForDeliveryStream', 'TagDeliveryStream', 'UntagDeliveryStream'),
    ],
    properties: {
      ...within('DeliveryStreamName', 'DeliveryStreamType', 'ExtendedS3DestinationConfiguration'),
      DeliveryStreamEncryptionConfigurationInput: of(
        'firehose',
        'StartDeliveryStreamEncryption',
        'StopDeliveryStreamEncryption',
      ),
    },
    passesRoleTo: 'firehose.amazonaws.com',
  },
  'AWS::Logs::LogGroup': {
    actions: of(
      'logs',
      'CreateLogGroup',
      'DeleteLogGroup',
      'DescribeIndexPolicies',
      'GetDataProtectionPolicy',
      ...TAGS,
    ),
    properties: {
      ...within('LogGroupName'),
      RetentionInDays: of('logs', 'DeleteRetentionPolicy', 'PutRetentionPolicy'),
    },
  },
  'AWS::S3::Bucket': {
    actions: [
      ...of('s3', 'CreateBucket', 'DeleteBucket', 'ListBucket', 'GetBucketTagging', 'PutBucketTagging', ...TAGS),
    ],
    properties: {
      ...within('BucketName'),
      BucketEncryption: of('s3', 'GetEncryptionConfiguration', 'PutEncryptionConfiguration'),
      LifecycleConfiguration: of('s3', 'GetLifecycleConfiguration', 'PutLifecycleConfiguration'),
      NotificationConfiguration: of('s3', 'GetBucketNotification', 'PutBucketNotification'),
      OwnershipControls: of('s3', 'GetBucketOwnershipControls', 'PutBucketOwnershipControls'),
      PublicAccessBlockConfiguration: of('s3', 'GetBucketPublicAccessBlock', 'PutBucketPublicAccessBlock'),
    },
  },
  'AWS::S3::BucketPolicy': {
    actions: of('s3', 'DeleteBucketPolicy', 'GetBucketPolicy', 'PutBucketPolicy'),
    properties: within('Bucket', 'PolicyDocument'),
  },
  'AWS::SSM::Parameter': {
    actions: [
      ...of('ssm', 'DeleteParameter', 'GetParameter', 'GetParameters', 'PutParameter'),
      ...of('ssm', 'AddTagsToResource', 'ListTagsForResource', 'RemoveTagsFromResource'),
    ],
    properties: within('Description', 'Name', 'Tier', 'Type', 'Value'),
  },
};
