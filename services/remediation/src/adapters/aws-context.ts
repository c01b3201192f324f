import type { APIGatewayClient } from '@aws-sdk/client-api-gateway';
import type { ApiGatewayV2Client } from '@aws-sdk/client-apigatewayv2';
import type { ApplicationAutoScalingClient } from '@aws-sdk/client-application-auto-scaling';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { ElastiCacheClient } from '@aws-sdk/client-elasticache';
import type { KinesisClient } from '@aws-sdk/client-kinesis';
import type { LambdaClient } from '@aws-sdk/client-lambda';
import type { RDSClient } from '@aws-sdk/client-rds';
import type { SQSClient } from '@aws-sdk/client-sqs';
import type { Finding } from '@lamplighter/contracts';
import type { StructuredLogger } from '@lamplighter/lambda-kit';
import {
  figuresByMinute,
  isAsked,
  isToldBy,
  type MeteredMinute,
  playbookNamed,
  type RemedyContext,
  type Traffic,
  trafficOf,
  whatIsCalled,
} from '@lamplighter/remedies';
import type { ContextPort, MeterPort, RemediationPort, WindowPort } from '../ports.ts';
import { readApi } from './context/read-api.ts';
import { readCache } from './context/read-cache.ts';
import { type ClusterClients, readCluster } from './context/read-cluster.ts';
import { readDeadLetters } from './context/read-dead-letters.ts';
import { type ReadFunction, readFunction } from './context/read-function.ts';
import { readQueues } from './context/read-queues.ts';
import { withRefused } from './context/read-refused.ts';
import { readScaledAliases } from './context/read-scaled-aliases.ts';
import { readServed } from './context/read-served.ts';
import { readStream } from './context/read-stream.ts';
import { readTable } from './context/read-table.ts';

export interface AwsContextClients {
  readonly lambda: LambdaClient;
  readonly rds: RDSClient;
  readonly statementsOf: ClusterClients['statementsOf'];
  readonly kinesis: KinesisClient;
  readonly dynamoDb: DynamoDBClient;
  readonly elastiCache: ElastiCacheClient;
  readonly sqs: SQSClient;
  readonly http: ApiGatewayV2Client;
  readonly rest: APIGatewayClient;
  readonly scaling: ApplicationAutoScalingClient;
  readonly remediations: Pick<RemediationPort, 'plannedFor'>;
  readonly windows: WindowPort;
  readonly meters: MeterPort;
  readonly logger: Pick<StructuredLogger, 'warn'>;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const TWO_WEEKS_MS = 14 * 86_400_000;
/** What was held for days is planned on how it has been of late; all its minutes would not go into one answer of Lambda (6 MB). */
const MOST_LOOKED_AT_MS = 12 * HOUR_MS;

/** What AWS and the audit say of a finding's function and its neighbours. What cannot be read is absent, and written down. */
export function awsContext(clients: AwsContextClients): ContextPort {
  return async (finding, now) => {
    const { resource, openedAt } = finding;
    // What is over is looked at since it is over.
    const since = Math.max(finding.resolvedAt ?? openedAt, now - MOST_LOOKED_AT_MS);
    const meteredIn = (from: number, until: number) => metered(clients, finding, from, until);
    const [traffic, counted, normal, usuallyCounted, earlier, read] = await Promise.all([
      clients.windows(resource, since, now + MINUTE_MS),
      meteredIn(since, now + MINUTE_MS),
      clients.windows(resource, openedAt - HOUR_MS, openedAt),
      meteredIn(openedAt - HOUR_MS, openedAt),
      clients.remediations.plannedFor(resource.name, finding.class, now - TWO_WEEKS_MS),
      readable(clients, 'function', () => readFunction(clients.lambda, resource.name)),
    ]);
    const sinceThen = trafficOf(traffic, counted);
    return {
      finding,
      now,
      traffic: sinceThen,
      earlier,
      ...(normal.length > 0 && { normal: trafficOf(normal, usuallyCounted) }),
      byMinute: figuresByMinute([...normal, ...traffic]),
      ...(read && (await neighboursOf(clients, read, { finding, now, traffic: sinceThen }))),
    };
  };
}

/** Only for findings whose repairs are told by it: each question costs. */
async function metered(
  clients: AwsContextClients,
  { class: kind, resource }: Finding,
  since: number,
  until: number,
): Promise<readonly MeteredMinute[]> {
  const meter = meterFor(kind);
  if (meter === undefined) return [];
  const read = await readable(clients, meter, () => clients.meters({ meter, resource }, since, until));
  return read ?? [];
}

function meterFor(kind: Finding['class']): 'attempts' | 'iterator-age' | undefined {
  if (isToldBy('iterator-age-ms', kind)) return 'iterator-age';
  return isToldBy('throttled-share', kind) || isToldBy('unserved-share', kind) ? 'attempts' : undefined;
}

/** The API in front of it, with what that refuses. */
async function apiOf(clients: AwsContextClients, functionName: string, asked: Pick<RemedyContext, 'finding' | 'now'>) {
  const api = await readApi(clients, functionName);
  if (api === undefined) return undefined;
  return (await readable(clients, 'refused requests', () => withRefused(clients.meters, api, asked))) ?? api;
}

/** Only then its statements are asked for, with the owner's secret. */
const isIndexAsked = (finding: Finding): boolean => {
  const playbook = playbookNamed('missing-index');
  return playbook !== undefined && isAsked(playbook, finding);
};

/** The function, and what its mappings, its environment and its policy name. */
async function neighboursOf(
  clients: AwsContextClients,
  { settings, environment }: ReadFunction,
  { finding, now, traffic }: { readonly finding: Finding; readonly now: number; readonly traffic: Traffic },
): Promise<Partial<RemedyContext>> {
  const { functionName, mappings } = settings;
  const called = whatIsCalled({ finding, traffic, function: settings });
  const aliases = settings.aliases.map(({ name }) => name);
  const [cluster, stream, table, cache, deadLetters, queued, api, scaledAliases, served] = await Promise.all([
    readable(clients, 'cluster', () =>
      readCluster(clients, { environment, resource: finding.resource }, isIndexAsked(finding)),
    ),
    readable(clients, 'stream', () => readStream(clients.kinesis, settings, finding)),
    readable(clients, 'table', () => readTable(clients.dynamoDb, environment, finding)),
    readable(clients, 'cache', () => readCache(clients.elastiCache, environment)),
    readable(clients, 'dead letters', () => readDeadLetters(clients.sqs, mappings)),
    readable(clients, 'queues', () => readQueues(clients.sqs, mappings)),
    readable(clients, 'api', () => apiOf(clients, functionName, { finding, now })),
    readable(clients, 'scaled aliases', () => readScaledAliases(clients.scaling, functionName, aliases)),
    readable(clients, 'what an alias serves', () => readServed(clients.lambda, settings, called)),
  ]);
  return {
    // Aliases that could not be asked about are taken to be scaled by their owner.
    function: { ...settings, ...served, mappings: queued ?? mappings, scaledAliases: scaledAliases ?? aliases },
    ...(cluster && { cluster }),
    ...(stream && { stream }),
    ...(table && { table }),
    ...(cache && { cache }),
    ...(deadLetters && { deadLetters }),
    ...(api && { api }),
  };
}

async function readable<T>(
  { logger }: AwsContextClients,
  what: string,
  read: () => Promise<T | undefined>,
): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    logger.warn('a resource could not be read; its playbooks propose nothing', { what, error: error as Error });
    return undefined;
  }
}
