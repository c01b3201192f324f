import type { CoverageRule, ServiceRules } from './coverage-rule.ts';
import { API_GATEWAY } from './services/api-gateway.ts';
import { ELASTICACHE, OPENSEARCH } from './services/caches-and-search.ts';
import { CLOUDFRONT } from './services/cloudfront.ts';
import { DYNAMODB } from './services/dynamodb.ts';
import { EVENTBRIDGE } from './services/eventbridge.ts';
import { FIREHOSE, KINESIS } from './services/kinesis.ts';
import { LAMBDA } from './services/lambda.ts';
import { AURORA } from './services/rds.ts';
import { S3 } from './services/s3.ts';
import { SNS } from './services/sns.ts';
import { SQS } from './services/sqs.ts';
import { STEP_FUNCTIONS } from './services/step-functions.ts';

const SERVICES: readonly ServiceRules[] = [
  LAMBDA,
  API_GATEWAY,
  STEP_FUNCTIONS,
  SQS,
  SNS,
  EVENTBRIDGE,
  KINESIS,
  FIREHOSE,
  DYNAMODB,
  S3,
  AURORA,
  ELASTICACHE,
  OPENSEARCH,
  CLOUDFRONT,
];

/** The rule of each resource type, with its service's name. */
export const RULES: ReadonlyMap<string, { readonly service: string; readonly rule: CoverageRule }> = new Map(
  SERVICES.flatMap(({ service, rules }) =>
    Object.entries(rules).map(([type, rule]) => [type, { service, rule }] as const),
  ),
);

/**
 * Types that do nothing while the system runs: leaves, wiring, settings, watches, and parts that are watched as the whole they belong to.
 * What is neither here nor has a rule is listed as not assessed.
 */
export const PASSIVE_TYPES: readonly RegExp[] = [
  /^AWS::(IAM|Logs|CloudWatch|KMS|XRay|ApplicationAutoScaling|SecretsManager|WAFv2)::/,
  /^AWS::SSM::(Parameter|Document|ResourcePolicy)$/,
  /^AWS::CloudFormation::(CustomResource|Macro|WaitCondition|WaitConditionHandle)$/,
  /^AWS::EC2::(VPC|VPCCidrBlock|VPCEndpoint|VPCGatewayAttachment|DHCPOptions|VPCDHCPOptionsAssociation|InternetGateway|EIP)$/,
  /^AWS::EC2::(EgressOnlyInternetGateway|Subnet\w*|Route|RouteTable|SecurityGroup\w*|NetworkAcl\w*|FlowLog|LaunchTemplate)$/,
  /^AWS::Lambda::(Permission|EventInvokeConfig|Version|Alias|LayerVersion|LayerVersionPermission|Url|CodeSigningConfig)$/,
  /^AWS::(SQS::QueuePolicy|SNS::TopicPolicy|SNS::Subscription|S3::BucketPolicy|Kinesis::(ResourcePolicy|StreamConsumer))$/,
  /^AWS::Events::(EventBusPolicy|Archive|Connection|ApiDestination)$/,
  /^AWS::Scheduler::ScheduleGroup$/,
  /^AWS::StepFunctions::(StateMachineVersion|StateMachineAlias|Activity)$/,
  /^AWS::ApiGateway::(?!RestApi$)/,
  /^AWS::ApiGatewayV2::(?!Api$)/,
  /^AWS::CloudFront::(?!Distribution$)/,
  /^AWS::AppSync::(?!(GraphQLApi|Api)$)/,
  /^AWS::Cognito::(?!(UserPool|IdentityPool)$)/,
  /^AWS::ElasticLoadBalancingV2::(Listener|ListenerRule|ListenerCertificate)$/,
  /^AWS::(CertificateManager::Certificate|Route53::(HostedZone|RecordSet|RecordSetGroup))$/,
  /^AWS::RDS::(DBSubnetGroup|DBClusterParameterGroup|DBParameterGroup)$/,
  /^AWS::ElastiCache::(SubnetGroup|ParameterGroup|User|UserGroup)$/,
  /^AWS::OpenSearchServerless::(?!Collection$)/,
  /^Custom::/,
];
