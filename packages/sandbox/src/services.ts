import { existsSync } from 'node:fs';
import type { Peers } from './core/peers.ts';
import type { Emulated, ServiceContext } from './core/service.ts';

type Factory = (context: ServiceContext) => Emulated<unknown>;

interface ServiceEntry {
  /** What the other services know it as; absent where it does nothing for them. */
  readonly peer?: keyof Peers;
  readonly load: () => Promise<Factory | undefined>;
}

export type ServiceName =
  | 'iam'
  | 'sts'
  | 'kms'
  | 'ssm'
  | 'cloudformation'
  | 's3'
  | 'sqs'
  | 'dynamodb'
  | 'kinesis'
  | 'firehose'
  | 'logs'
  | 'cloudwatch'
  | 'events'
  | 'lambda';

/** Every service in the order of starting; each is loaded only when it is asked for. */
export const SERVICES: Readonly<Record<ServiceName, ServiceEntry>> = {
  iam: { peer: 'iam', load: () => load('iam', 'createIam') },
  sts: { load: () => load('sts', 'createSts') },
  kms: { peer: 'kms', load: () => load('kms', 'createKms') },
  ssm: { peer: 'ssm', load: () => load('ssm', 'createSsm') },
  cloudformation: { load: () => load('cloudformation', 'createCloudFormation') },
  s3: { peer: 's3', load: () => load('s3', 'createS3') },
  sqs: { peer: 'sqs', load: () => load('sqs', 'createSqs') },
  dynamodb: { load: () => load('dynamodb', 'createDynamoDb') },
  kinesis: { peer: 'kinesis', load: () => load('kinesis', 'createKinesis') },
  firehose: { peer: 'firehose', load: () => load('firehose', 'createFirehose') },
  logs: { peer: 'logs', load: () => load('logs', 'createLogs') },
  cloudwatch: { peer: 'metrics', load: () => load('cloudwatch', 'createCloudWatch') },
  events: { peer: 'events', load: () => load('events', 'createEvents') },
  lambda: { peer: 'lambda', load: () => load('lambda', 'createLambda') },
};

// While the services are being built at the same time, one that is not there yet is left out. Becomes static imports when all are.
async function load(folder: string, factory: string): Promise<Factory | undefined> {
  if (!existsSync(new URL(`./services/${folder}/index.ts`, import.meta.url))) return undefined;
  const module = (await import(`./services/${folder}/index.ts`)) as Record<string, Factory>;
  return module[factory]!;
}
