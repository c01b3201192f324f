/** A module of `@aws-sdk/client-*`: its client, commands and errors by name. */
export type SdkModule = Readonly<Record<string, unknown>>;

/** One AWS service that the sandbox serves, as the SDK reaches it. */
export interface AwsServiceSdk {
  /** Name in errors of `aws-sdk:` tasks: `DynamoDb.ConditionalCheckFailedException`. */
  readonly name: string;
  readonly client: string;
  readonly load: () => Promise<SdkModule>;
}

/** By the name that stands after `aws-sdk:`. */
export const AWS_SERVICES: Readonly<Record<string, AwsServiceSdk>> = {
  apigatewayv2: {
    name: 'ApiGatewayV2',
    client: 'ApiGatewayV2Client',
    load: () => import('@aws-sdk/client-apigatewayv2'),
  },
  applicationautoscaling: {
    name: 'ApplicationAutoScaling',
    client: 'ApplicationAutoScalingClient',
    load: () => import('@aws-sdk/client-application-auto-scaling'),
  },
  bedrockruntime: {
    name: 'BedrockRuntime',
    client: 'BedrockRuntimeClient',
    load: () => import('@aws-sdk/client-bedrock-runtime'),
  },
  cloudformation: {
    name: 'CloudFormation',
    client: 'CloudFormationClient',
    load: () => import('@aws-sdk/client-cloudformation'),
  },
  cloudfront: { name: 'CloudFront', client: 'CloudFrontClient', load: () => import('@aws-sdk/client-cloudfront') },
  cloudwatch: { name: 'CloudWatch', client: 'CloudWatchClient', load: () => import('@aws-sdk/client-cloudwatch') },
  cloudwatchlogs: {
    name: 'CloudWatchLogs',
    client: 'CloudWatchLogsClient',
    load: () => import('@aws-sdk/client-cloudwatch-logs'),
  },
  dynamodb: { name: 'DynamoDb', client: 'DynamoDBClient', load: () => import('@aws-sdk/client-dynamodb') },
  eventbridge: { name: 'EventBridge', client: 'EventBridgeClient', load: () => import('@aws-sdk/client-eventbridge') },
  firehose: { name: 'Firehose', client: 'FirehoseClient', load: () => import('@aws-sdk/client-firehose') },
  kinesis: { name: 'Kinesis', client: 'KinesisClient', load: () => import('@aws-sdk/client-kinesis') },
  kms: { name: 'Kms', client: 'KMSClient', load: () => import('@aws-sdk/client-kms') },
  lambda: { name: 'Lambda', client: 'LambdaClient', load: () => import('@aws-sdk/client-lambda') },
  rds: { name: 'Rds', client: 'RDSClient', load: () => import('@aws-sdk/client-rds') },
  rdsdata: { name: 'RdsData', client: 'RDSDataClient', load: () => import('@aws-sdk/client-rds-data') },
  s3: { name: 'S3', client: 'S3Client', load: () => import('@aws-sdk/client-s3') },
  scheduler: { name: 'Scheduler', client: 'SchedulerClient', load: () => import('@aws-sdk/client-scheduler') },
  secretsmanager: {
    name: 'SecretsManager',
    client: 'SecretsManagerClient',
    load: () => import('@aws-sdk/client-secrets-manager'),
  },
  sesv2: { name: 'SesV2', client: 'SESv2Client', load: () => import('@aws-sdk/client-sesv2') },
  sfn: { name: 'Sfn', client: 'SFNClient', load: () => import('@aws-sdk/client-sfn') },
  sns: { name: 'Sns', client: 'SNSClient', load: () => import('@aws-sdk/client-sns') },
  sqs: { name: 'Sqs', client: 'SQSClient', load: () => import('@aws-sdk/client-sqs') },
  ssm: { name: 'Ssm', client: 'SSMClient', load: () => import('@aws-sdk/client-ssm') },
  sts: { name: 'Sts', client: 'STSClient', load: () => import('@aws-sdk/client-sts') },
  wafv2: { name: 'Wafv2', client: 'WAFV2Client', load: () => import('@aws-sdk/client-wafv2') },
  xray: { name: 'XRay', client: 'XRayClient', load: () => import('@aws-sdk/client-xray') },
};

/** The command of an action, `putItem` to `PutItemCommand`; undefined where the service has none. */
export function commandOf(module: SdkModule, action: string): (new (input: object) => SdkCommand) | undefined {
  const name = `${action.charAt(0).toUpperCase()}${action.slice(1)}Command`;
  return Object.hasOwn(module, name) ? (module[name] as new (input: object) => SdkCommand) : undefined;
}

/** A command of an SDK client, with the schema of its operation. */
export interface SdkCommand {
  readonly schema?: unknown;
}
