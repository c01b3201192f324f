import { usdOf } from '@lamplighter/pricing';
import type { Limit, Recommendation } from '../breach/limit.ts';
import type { Capacity } from '../capacity/capacity.ts';
import { forCluster } from './cluster-recommendations.ts';

type Of<Kind extends Capacity['kind']> = Extract<Capacity, { kind: Kind }>;

/** UpdateShardCount at most doubles. https://docs.aws.amazon.com/kinesis/latest/APIReference/API_UpdateShardCount.html */
const MOST_RESHARD = 2;
const HEADROOM = 1.2;

/**
 * What helps before a capacity is exhausted, with its price an hour. The action is the name of the change that remediation knows, and its parameters are that
 * change's fields.
 */
export function capacityRecommendations(capacity: Capacity, limit: Limit, highest: number): Recommendation[] {
  const factor = Math.max(1, (highest * HEADROOM) / limit.value);
  switch (capacity.kind) {
    case 'stream':
      return forStream(capacity, factor);
    case 'table':
      return forTable(capacity, limit, factor);
    case 'cluster':
      return forCluster(capacity, limit, Math.max(factor, HEADROOM));
    case 'api':
      return forApi(capacity, factor);
    case 'apis':
      return MORE_REQUESTS;
  }
}

function forStream({ name, isOnDemand, shards }: Of<'stream'>, factor: number): Recommendation[] {
  const wanted = Math.max(shards + 1, Math.min(Math.ceil(shards * factor), shards * MOST_RESHARD));
  if (!isOnDemand)
    return [
      {
        action: 'kinesis-capacity',
        parameters: { streamName: name, shards: wanted },
        costPerHourUsd: (wanted - shards) * usdOf('kinesis.provisioned_shard_hour'),
        effect: `${wanted} shards instead of ${shards}: splitting takes minutes, and a stream can at most double at a time.`,
      },
    ];
  return [
    {
      action: 'kinesis-capacity',
      parameters: { streamName: name, mode: 'PROVISIONED', shards: wanted },
      costPerHourUsd: wanted * usdOf('kinesis.provisioned_shard_hour') - usdOf('kinesis.ondemand_stream_hour'),
      effect: `${wanted} shards before the load comes. On demand it takes up to twice its highest load of the last 30 days, and needs 15 minutes to grow beyond. The cost leaves out the price a GB, which provisioned streams do not have.`,
    },
  ];
}

function forTable(
  { name, isOnDemand, writeUnits, readUnits }: Of<'table'>,
  { name: limitName, value }: Limit,
  factor: number,
): Recommendation[] {
  const isWrite = limitName.startsWith('Write');
  const [units, usd] = isWrite
    ? [writeUnits, usdOf('dynamodb.provisioned_wcu_hour')]
    : [readUnits, usdOf('dynamodb.provisioned_rcu_hour')];
  const wanted = Math.ceil(value * Math.max(factor, HEADROOM));
  if (isOnDemand)
    return [
      {
        action: 'raise-table-maximum',
        parameters: { tableName: name, [isWrite ? 'maxWriteUnits' : 'maxReadUnits']: wanted },
        costPerHourUsd: 0,
        effect: `Room for ${wanted} units a second: its own maximum where it has one, else the quota of the Region, which AWS raises within days.`,
      },
    ];
  return [
    {
      action: 'dynamodb-capacity',
      parameters: { tableName: name, onDemand: true },
      costPerHourUsd: 0,
      effect: 'No limit of its own below 40,000 units a second; paid by the request, nothing while it is idle.',
    },
    {
      action: 'raise-provisioned-units',
      parameters: { tableName: name, [isWrite ? 'writeUnits' : 'readUnits']: wanted },
      costPerHourUsd: (wanted - units) * usd,
      effect: `${wanted} units a second instead of ${units}.`,
    },
  ];
}

const MORE_REQUESTS: Recommendation[] = [
  {
    action: 'request-quota-increase',
    parameters: { serviceCode: 'apigateway', quota: 'Throttle rate' },
    costPerHourUsd: 0,
    effect: 'Room for more requests a second of all APIs together; AWS answers within days.',
  },
];

function forApi({ apiId, stage, rateLimit }: Of<'api'>, factor: number): Recommendation[] {
  if (rateLimit === undefined) return MORE_REQUESTS;
  const wanted = Math.ceil(rateLimit * Math.max(factor, HEADROOM));
  return [
    {
      action: 'api-throttle',
      parameters: { apiId, stage, rateLimit: wanted, burstLimit: wanted },
      costPerHourUsd: 0,
      effect: `${wanted} requests a second instead of ${rateLimit}; what stands behind the API must take them.`,
    },
  ];
}
