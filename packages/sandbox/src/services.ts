import type { Peers } from './core/peers.ts';
import type { Emulated, ServiceContext } from './core/service.ts';

type Factory = (context: ServiceContext) => Emulated<unknown>;

interface ServiceEntry {
  /** What the other services know it as; absent where it does nothing for them. */
  readonly peer?: keyof Peers;
  readonly load: () => Promise<Factory>;
}

/** The AWS services that the sandbox answers for. */
export type ServiceName =
  | 'iam'
  | 'sts'
  | 'kms'
  | 'ssm'
  | 'secretsmanager'
  | 'rds'
  | 'rds-data'
  | 'elasticache'
  | 'cloudformation'
  | 's3'
  | 'sqs'
  | 'dynamodb'
  | 'kinesis'
  | 'firehose'
  | 'logs'
  | 'cloudwatch'
  | 'events'
  | 'lambda'
  | 'application-autoscaling'
  | 'xray'
  | 'ses'
  | 'bedrock'
  | 'states'
  | 'sns'
  | 'scheduler'
  | 'cloudfront'
  | 'wafv2'
  | 'aoss'
  | 'apigateway';

/** Every service in the order of starting; each is loaded only when it is asked for. */
export const SERVICES: Readonly<Record<ServiceName, ServiceEntry>> = {
  iam: { peer: 'iam', load: async () => (await import('./services/iam/index.ts')).createIam },
  sts: { load: async () => (await import('./services/sts/index.ts')).createSts },
  kms: { peer: 'kms', load: async () => (await import('./services/kms/index.ts')).createKms },
  ssm: { peer: 'ssm', load: async () => (await import('./services/ssm/index.ts')).createSsm },
  secretsmanager: {
    peer: 'secretsManager',
    load: async () => (await import('./services/secretsmanager/index.ts')).createSecretsManager,
  },
  rds: { peer: 'rds', load: async () => (await import('./services/rds/index.ts')).createRds },
  'rds-data': { load: async () => (await import('./services/rds-data/index.ts')).createRdsData },
  elasticache: { load: async () => (await import('./services/elasticache/index.ts')).createElastiCache },
  cloudformation: { load: async () => (await import('./services/cloudformation/index.ts')).createCloudFormation },
  s3: { peer: 's3', load: async () => (await import('./services/s3/index.ts')).createS3 },
  sqs: { peer: 'sqs', load: async () => (await import('./services/sqs/index.ts')).createSqs },
  dynamodb: { peer: 'dynamodb', load: async () => (await import('./services/dynamodb/index.ts')).createDynamoDb },
  kinesis: { peer: 'kinesis', load: async () => (await import('./services/kinesis/index.ts')).createKinesis },
  firehose: { peer: 'firehose', load: async () => (await import('./services/firehose/index.ts')).createFirehose },
  logs: { peer: 'logs', load: async () => (await import('./services/logs/index.ts')).createLogs },
  cloudwatch: { peer: 'metrics', load: async () => (await import('./services/cloudwatch/index.ts')).createCloudWatch },
  events: { peer: 'events', load: async () => (await import('./services/events/index.ts')).createEvents },
  'application-autoscaling': {
    load: async () => (await import('./services/applicationautoscaling/index.ts')).createApplicationAutoScaling,
  },
  xray: { peer: 'xray', load: async () => (await import('./services/xray/index.ts')).createXray },
  ses: { peer: 'ses', load: async () => (await import('./services/ses/index.ts')).createSes },
  bedrock: { peer: 'bedrock', load: async () => (await import('./services/bedrock/index.ts')).createBedrock },
  lambda: { peer: 'lambda', load: async () => (await import('./services/lambda/index.ts')).createLambda },
  sns: { peer: 'sns', load: async () => (await import('./services/sns/index.ts')).createSns },
  states: { peer: 'states', load: async () => (await import('./services/states/index.ts')).createStates },
  scheduler: { load: async () => (await import('./services/scheduler/index.ts')).createScheduler },
  cloudfront: { load: async () => (await import('./services/cloudfront/index.ts')).createCloudFront },
  aoss: { load: async () => (await import('./services/opensearch/index.ts')).createOpenSearch },
  wafv2: { load: async () => (await import('./services/wafv2/index.ts')).createWaf },
  apigateway: { load: async () => (await import('./services/apigateway/index.ts')).createApiGateway },
};
