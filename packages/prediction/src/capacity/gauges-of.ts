import type { Capacity, Gauge, MetricSource } from './capacity.ts';
import { CAPACITY } from './capacity-limits.ts';

type Of<Kind extends Capacity['kind']> = Extract<Capacity, { kind: Kind }>;

/** The figures of a capacity that are forecast, each with the limit it can reach. A limit of 0 is none. */
export function gaugesOf(capacity: Capacity): Gauge[] {
  return allGauges(capacity).filter(({ limit }) => limit.value > 0 && Number.isFinite(limit.value));
}

function allGauges(capacity: Capacity): Gauge[] {
  switch (capacity.kind) {
    case 'stream':
      return streamGauges(capacity);
    case 'table':
      return tableGauges(capacity);
    case 'cluster':
      return clusterGauges(capacity);
    case 'api':
      return apiGauges(capacity);
    case 'apis':
      return accountGauges(capacity);
  }
}

/** Both together can fill a stream; one hot shard can be full before, which these sums do not show. */
function streamGauges({ name, shards }: Of<'stream'>): Gauge[] {
  const source = sums('AWS/Kinesis', [{ StreamName: name }]);
  const kind = 'shards';
  return [
    {
      metric: 'incoming-bytes',
      unit: 'bytes a second',
      limit: { kind, name: 'Bytes a second', value: shards * CAPACITY.shardBytesPerSecond, unit: 'bytes a second' },
      source: source('IncomingBytes'),
    },
    {
      metric: 'incoming-records',
      unit: 'records a second',
      limit: {
        kind,
        name: 'Records a second',
        value: shards * CAPACITY.shardRecordsPerSecond,
        unit: 'records a second',
      },
      source: source('IncomingRecords'),
    },
  ];
}

function tableGauges({ name, writeUnits, readUnits }: Of<'table'>): Gauge[] {
  const source = sums('AWS/DynamoDB', [{ TableName: name }]);
  const limit = (what: string, value: number) =>
    ({ kind: 'table-capacity', name: what, value, unit: 'units a second' }) as const;
  return [
    {
      metric: 'write-units',
      unit: 'units a second',
      limit: limit('Write capacity', writeUnits),
      source: source('ConsumedWriteCapacityUnits'),
    },
    {
      metric: 'read-units',
      unit: 'units a second',
      limit: limit('Read capacity', readUnits),
      source: source('ConsumedReadCapacityUnits'),
    },
  ];
}

function clusterGauges({ name, isPostgres, minAcu, maxAcu }: Of<'cluster'>): Gauge[] {
  const highest = (metricName: string, dimensions: Record<string, string>): MetricSource => ({
    namespace: 'AWS/RDS',
    metricName,
    dimensions: [dimensions],
    statistic: 'Maximum',
    isRate: false,
  });
  const dimensions = { DBClusterIdentifier: name };
  return [
    {
      metric: 'acu',
      unit: 'ACU',
      limit: { kind: 'database-capacity', name: 'Aurora capacity', value: maxAcu, unit: 'ACU' },
      source: highest('ServerlessDatabaseCapacity', dimensions),
    },
    {
      metric: 'connections',
      unit: 'connections',
      limit: {
        kind: 'connections',
        name: 'Database connections',
        value: isPostgres ? connectionsOf(minAcu, maxAcu) : 0,
        unit: 'connections',
      },
      // Of one instance: each has connections of its own.
      source: highest('DatabaseConnections', { ...dimensions, Role: 'WRITER' }),
    },
  ];
}

/** By memory at the largest capacity; a parameter group may say otherwise, which is not looked at. */
export function connectionsOf(minAcu: number, maxAcu: number): number {
  const byMemory = Math.floor(CAPACITY.connectionsPerAcu * maxAcu - CAPACITY.connectionsKept);
  const most = minAcu <= 0.5 ? CAPACITY.mostConnectionsOfSmallest : CAPACITY.mostConnections;
  return Math.min(byMemory, most);
}

/** A stage without a throttle of its own shares that of the account with all others. */
function apiGauges({ apiId, stage, rateLimit = CAPACITY.apiRequestsPerSecond }: Of<'api'>): Gauge[] {
  if (rateLimit >= CAPACITY.apiRequestsPerSecond) return [];
  return [requests(`Throttle of the stage ${stage}`, rateLimit, [{ ApiId: apiId, Stage: stage }])];
}

function accountGauges({ apiIds }: Of<'apis'>): Gauge[] {
  const dimensions = apiIds.map((ApiId) => ({ ApiId }));
  return [requests('Requests of all APIs of the account', CAPACITY.apiRequestsPerSecond, dimensions)];
}

const requests = (name: string, value: number, dimensions: MetricSource['dimensions']): Gauge => ({
  metric: 'requests',
  unit: 'requests a second',
  limit: { kind: 'api-throttle', name, value, unit: 'requests a second' },
  source: sums('AWS/ApiGateway', dimensions)('Count'),
});

const sums =
  (namespace: string, dimensions: MetricSource['dimensions']) =>
  (metricName: string): MetricSource => ({ namespace, metricName, dimensions, statistic: 'Sum', isRate: true });
