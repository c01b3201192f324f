import type { ApiGatewayV2Client } from '@aws-sdk/client-apigatewayv2';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { KinesisClient } from '@aws-sdk/client-kinesis';
import type { LambdaClient } from '@aws-sdk/client-lambda';
import type { RDSClient } from '@aws-sdk/client-rds';
import type { RDSDataClient } from '@aws-sdk/client-rds-data';
import type { StructuredLogger } from '@lamplighter/lambda-kit';
import { trafficOf } from '@lamplighter/remedies';
import type { ContextPort, WindowPort } from '../ports.ts';
import { readCluster } from './context/read-cluster.ts';
import { readFunction } from './context/read-function.ts';
import { readStream } from './context/read-stream.ts';

export interface AwsContextClients {
  readonly lambda: LambdaClient;
  readonly rds: RDSClient;
  readonly rdsData: RDSDataClient;
  readonly kinesis: KinesisClient;
  readonly dynamoDb: DynamoDBClient;
  readonly api: ApiGatewayV2Client;
  readonly windows: WindowPort;
  readonly logger: Pick<StructuredLogger, 'warn'>;
}

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

/** What AWS and the audit say of a finding's function and its neighbours. What cannot be read is absent, and written down. */
export function awsContext(clients: AwsContextClients): ContextPort {
  return async (finding, now) => {
    const { resource, openedAt } = finding;
    const readable = async <T>(what: string, read: () => Promise<T | undefined>): Promise<T | undefined> => {
      try {
        return await read();
      } catch (error) {
        clients.logger.warn('a resource could not be read; its playbooks propose nothing', {
          what,
          error: error as Error,
        });
        return undefined;
      }
    };
    const [since, before] = await Promise.all([
      clients.windows(resource, openedAt, now + MINUTE_MS),
      clients.windows(resource, openedAt - HOUR_MS, openedAt),
    ]);
    const read = await readable('function', () => readFunction(clients.lambda, resource.name));
    const cluster = read && (await readable('cluster', () => readCluster(clients, read.environment)));
    const stream = read && (await readable('stream', () => readStream(clients.kinesis, read.settings.mappings)));
    return {
      finding,
      now,
      traffic: trafficOf(since),
      ...(before.length > 0 && { normal: trafficOf(before) }),
      ...(read && { function: read.settings }),
      ...(cluster && { cluster }),
      ...(stream && { stream }),
    };
  };
}
