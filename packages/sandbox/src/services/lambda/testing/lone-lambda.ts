import { LambdaClient } from '@aws-sdk/client-lambda';
import { zipSync } from 'fflate';
import { VirtualClock } from '../../../core/time/virtual-clock.ts';
import { type LoneService, startLoneService } from '../../../testing/lone-service.ts';
import { createLambda } from '../create-lambda.ts';
import type { LambdaOptions } from '../lambda-core.ts';
import type { LambdaPeer } from '../lambda-peer.ts';
import { type FakePeers, type FakePeersOptions, fakePeers } from './fake-peers.ts';

export interface LoneLambdaOptions extends FakePeersOptions {
  /** Where the clock starts; 2026-01-01 where absent. */
  readonly startMs?: number;
  readonly lambda?: LambdaOptions;
}

export interface LoneLambda {
  readonly client: LambdaClient;
  /** Stands still until advanced; each step waits for the work it starts. */
  readonly clock: VirtualClock;
  /** Resolves when no background work is under way. */
  idle(): Promise<void>;
  readonly peer: LambdaPeer;
  readonly fake: FakePeers;
  readonly service: LoneService<LambdaPeer>['service'];
  /** Creates a function from the source of an ES module, as a stack does, with 60 s to run where `properties` say nothing else; resolves to its ARN. */
  deploy(functionName: string, source: string, properties?: Readonly<Record<string, unknown>>): Promise<string>;
  /** Creates any resource that Lambda provides. */
  provide(type: string, properties: Readonly<Record<string, unknown>>): ReturnType<typeof createResource>;
  /** Messages of the function's log group. */
  messages(functionName: string): string[];
  stop(): Promise<void>;
}

export const ROLE_ARN = 'arn:aws:iam::123456789012:role/function-role';

/** Lambda alone on a port, with in-memory peers. */
export async function startLoneLambda(options: LoneLambdaOptions = {}): Promise<LoneLambda> {
  const fake = fakePeers(options);
  const clock = new VirtualClock(options.startMs ?? Date.UTC(2026, 0, 1));
  const lone = await startLoneService((context) => createLambda(context, options.lambda), { peers: fake.peers, clock });
  const client = new LambdaClient(lone.clientConfig);
  const provide: LoneLambda['provide'] = (type, properties) => createResource(lone, type, properties);
  return {
    client,
    clock,
    idle: () => lone.idle(),
    fake,
    provide,
    peer: lone.peer,
    service: lone.service,
    async deploy(functionName, source, properties = {}) {
      const created = await createResource(
        lone,
        'AWS::Lambda::Function',
        {
          FunctionName: functionName,
          Runtime: 'nodejs24.x',
          Handler: 'index.handler',
          Role: ROLE_ARN,
          Code: { S3Bucket: 'deployments', S3Key: 'package.zip' },
          Timeout: 60,
          ...properties,
        },
        source,
      );
      return created.attributes?.Arn as string;
    },
    messages: (functionName) => (fake.logs.get(`/aws/lambda/${functionName}`) ?? []).map(({ message }) => message),
    async stop() {
      client.destroy();
      await lone.stop();
    },
  };
}

function createResource(
  lone: LoneService<LambdaPeer>,
  type: string,
  properties: Readonly<Record<string, unknown>>,
  source = '',
) {
  const provider = lone.service.resources[type];
  if (!provider) throw new Error(`Lambda provides no ${type}.`);
  return provider.create({
    logicalId: 'Resource',
    stackName: 'stack',
    properties,
    artifact: async () => Buffer.from(zipSync({ 'index.mjs': Buffer.from(source) })),
  });
}
