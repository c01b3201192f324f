import type { PackagedStack } from '../packaged-stacks.ts';

const ACCOUNT = '123456789012';
const REGION = 'eu-west-1';
/** What CloudFormation puts after a name of its own; before it a name is cut to what the service takes. */
const SUFFIX = '-A1B2C3D4E5F6';

type ArnOf = (name: string) => string;

const regional =
  (service: string, kind: string): ArnOf =>
  (name) =>
    `arn:aws:${service}:${REGION}:${ACCOUNT}:${kind}${name}`;

/** By type: the property that holds the name, how long a name may be, and the ARN that permissions are asked for. */
const NAMED: Readonly<Record<string, { readonly property: string; readonly longest: number; readonly arn: ArnOf }>> = {
  'AWS::CloudWatch::Alarm': { property: 'AlarmName', longest: 255, arn: regional('cloudwatch', 'alarm:') },
  'AWS::DynamoDB::Table': { property: 'TableName', longest: 255, arn: regional('dynamodb', 'table/') },
  'AWS::Events::Archive': { property: 'ArchiveName', longest: 48, arn: regional('events', 'archive/') },
  'AWS::Events::EventBus': { property: 'Name', longest: 256, arn: regional('events', 'event-bus/') },
  'AWS::Events::Rule': { property: 'Name', longest: 64, arn: regional('events', 'rule/') },
  'AWS::IAM::Role': { property: 'RoleName', longest: 64, arn: (name) => `arn:aws:iam::${ACCOUNT}:role/${name}` },
  'AWS::Kinesis::Stream': { property: 'Name', longest: 128, arn: regional('kinesis', 'stream/') },
  'AWS::KinesisFirehose::DeliveryStream': {
    property: 'DeliveryStreamName',
    longest: 64,
    arn: regional('firehose', 'deliverystream/'),
  },
  'AWS::Lambda::Function': { property: 'FunctionName', longest: 64, arn: regional('lambda', 'function:') },
  'AWS::Logs::LogGroup': { property: 'LogGroupName', longest: 512, arn: regional('logs', 'log-group:') },
  'AWS::S3::Bucket': { property: 'BucketName', longest: 63, arn: (name) => `arn:aws:s3:::${name.toLowerCase()}` },
  'AWS::SNS::Topic': { property: 'TopicName', longest: 256, arn: regional('sns', '') },
  'AWS::SQS::Queue': { property: 'QueueName', longest: 80, arn: regional('sqs', '') },
  'AWS::SSM::Parameter': { property: 'Name', longest: 1011, arn: regional('ssm', 'parameter') },
  'AWS::StepFunctions::StateMachine': {
    property: 'StateMachineName',
    longest: 80,
    arn: regional('states', 'stateMachine:'),
  },
};

/** Resources that are a part of another: the property that refers to it. */
const PART_OF: Readonly<Record<string, string>> = {
  'AWS::IAM::Policy': 'Roles',
  'AWS::Lambda::EventInvokeConfig': 'FunctionName',
  'AWS::Lambda::EventSourceMapping': 'FunctionName',
  'AWS::Lambda::Permission': 'FunctionName',
  'AWS::S3::BucketPolicy': 'Bucket',
  'AWS::SNS::Subscription': 'TopicArn',
  'AWS::SNS::TopicPolicy': 'Topics',
  'AWS::SQS::QueuePolicy': 'Queues',
};

/** The ARN that IAM is asked about when CloudFormation works on a resource. Throws where a type has no rule here. */
export function resourceArn(stack: PackagedStack, logicalId: string): string {
  const resource = stack.resources[logicalId];
  if (resource === undefined) throw new Error(`${stack.name} has no resource ${logicalId}.`);
  const { Type: type, Properties: properties = {} } = resource;
  if (type.startsWith('AWS::ApiGatewayV2::')) return `arn:aws:apigateway:${REGION}::/apis/a1b2c3d4e5`;
  if (type.startsWith('AWS::CloudFront::'))
    return `arn:aws:cloudfront::${ACCOUNT}:${type.split('::')[2]}/E1A2B3C4D5E6F7`;
  const whole = PART_OF[type];
  if (whole !== undefined) return resourceArn(stack, referredBy(properties[whole]));
  const named = NAMED[type];
  if (named === undefined) throw new Error(`${type} has no ARN in scripts/docs/deployer/resource-arn.ts.`);
  return named.arn(givenName(properties[named.property]) ?? madeName(stack.name, logicalId, named.longest));
}

function referredBy(value: unknown): string {
  const [first] = [value].flat() as { readonly Ref?: string; readonly 'Fn::GetAtt'?: readonly string[] }[];
  const logicalId = first?.Ref ?? first?.['Fn::GetAtt']?.[0];
  if (logicalId === undefined) throw new Error(`${JSON.stringify(value)} refers to no resource.`);
  return logicalId;
}

function givenName(value: unknown): string | undefined {
  if (value === undefined || typeof value === 'string') return value;
  const text = (value as { readonly 'Fn::Sub'?: unknown })['Fn::Sub'];
  if (typeof text !== 'string') throw new Error(`${JSON.stringify(value)} is no name.`);
  return text.replaceAll('${AWS::AccountId}', ACCOUNT).replaceAll('${AWS::Region}', REGION);
}

const madeName = (stack: string, logicalId: string, longest: number): string =>
  `${`${stack}-${logicalId}`.slice(0, longest - SUFFIX.length)}${SUFFIX}`;
