import { usdOf } from '../price-book.ts';
import { type Charge, type ChargeRule, freeAtRest, hourly, monthly, type PricedResource } from './charge-rule.ts';

/** Widely stated, and not confirmed in a stored page of AWS: see the note of `elasticache_serverless.valkey_minimum_gb` in the price book. */
const VALKEY_MINIMUM_GB = 0.1;
/** Widely stated for Redis OSS and Memcached, as above. */
const REDIS_MINIMUM_GB = 1;
/** A classic OpenSearch Serverless collection keeps one unit for indexing and one for search, each doubled for a standby. */
const CLASSIC_OCUS = 2;

/** What databases, caches, search collections and gateways cost while idle. */
export const DATABASE_CHARGES: Readonly<Record<string, ChargeRule>> = {
  'AWS::RDS::DBCluster': chargeAuroraCluster,
  'AWS::RDS::DBInstance': chargeAuroraInstance,
  'AWS::ElastiCache::ServerlessCache': (resource) => {
    const isValkey = resource.text('Engine', 'valkey') === 'valkey';
    const minimum = Math.max(
      resource.number('CacheUsageLimits.DataStorage.Minimum', 0),
      isValkey ? VALKEY_MINIMUM_GB : REDIS_MINIMUM_GB,
    );
    const usd = usdOf(isValkey ? 'elasticache_serverless.valkey_storage' : 'elasticache_serverless.redis_storage');
    return hourly(minimum * usd, `at least ${minimum} GB metered at $${usd} per GB-hour`);
  },
  'AWS::OpenSearchServerless::Collection': (resource) => {
    if (resource.raw('CollectionGroupName')) return hourly(0, 'its capacity is billed with its collection group');
    const usd = usdOf('opensearch_serverless.ocu_hour');
    return hourly(CLASSIC_OCUS * usd, `${CLASSIC_OCUS} OCUs that never sleep at $${usd} per hour`);
  },
  'AWS::OpenSearchServerless::CollectionGroup': (resource) => {
    const indexing = resource.number('CapacityLimits.MinIndexingCapacityInOcu', 0);
    const search = resource.number('CapacityLimits.MinSearchCapacityInOcu', 0);
    const usd = usdOf('opensearch_serverless.ocu_hour');
    return hourly(
      (indexing + search) * usd,
      `at least ${indexing} OCUs for indexing and ${search} for search at $${usd} per hour`,
    );
  },
  'AWS::EC2::NatGateway': () => {
    const usd = usdOf('vpc.nat_gateway_hour');
    return hourly(usd, `a NAT gateway at $${usd} per hour`);
  },
  'AWS::EC2::VPCEndpoint': (resource) => {
    if (resource.text('VpcEndpointType', 'Gateway') !== 'Gateway')
      throw resource.unpriced('the price book holds gateway endpoints only.');
    return hourly(0, 'a gateway endpoint is free of charge');
  },
  'AWS::ApiGateway::Stage': (resource) => {
    if (resource.text('CacheClusterEnabled', 'false') === 'true')
      throw resource.unpriced('the price book holds no cache clusters.');
    return hourly(0, 'billed per API request');
  },
};

/** A password that RDS manages is kept in a secret of Secrets Manager, which is billed as any other. */
function chargeAuroraCluster(resource: PricedResource): Charge {
  if (resource.text('ManageMasterUserPassword', 'false') !== 'true')
    return freeAtRest('its capacity is billed with its instances, its storage per GB')(resource);
  const usd = usdOf('secretsmanager.secret');
  return monthly(usd, `the secret of its master user at $${usd} per month; its capacity is billed with its instances`);
}

/** Each instance of an Aurora Serverless v2 cluster holds at least the cluster's minimum capacity; at zero it pauses. */
function chargeAuroraInstance(resource: PricedResource): Charge {
  if (resource.text('DBInstanceClass', '') !== 'db.serverless')
    throw resource.unpriced('the price book holds Aurora Serverless v2 only.');
  const cluster = resource.referenced(resource.raw('DBClusterIdentifier'));
  if (cluster?.raw('ServerlessV2ScalingConfiguration.MinCapacity') === undefined)
    throw resource.unpriced("its cluster's minimum capacity is not in the template.");
  const minimum = cluster.number('ServerlessV2ScalingConfiguration.MinCapacity', 0);
  const isIoOptimized = cluster.text('StorageType', 'aurora') === 'aurora-iopt1';
  const usd = usdOf(isIoOptimized ? 'aurora.serverless_v2_acu_hour_io_optimized' : 'aurora.serverless_v2_acu_hour');
  return hourly(minimum * usd, `at least ${minimum} ACU at $${usd} per hour`);
}
