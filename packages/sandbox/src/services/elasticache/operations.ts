import { type QueryInput, type QueryOperation, requiredText, textMember } from '../../core/protocols/query-protocol.ts';
import type { XmlValue } from '../../core/protocols/xml.ts';
import { ApiError } from '../../core/service.ts';
import type { Range, ServerlessCache, ServerlessCaches, UsageLimits } from './serverless-caches.ts';

const PORT = 6379;

/** DescribeServerlessCaches and ModifyServerlessCache. Source: Amazon ElastiCache API Reference. */
export function cacheOperations(caches: ServerlessCaches): Readonly<Record<string, QueryOperation>> {
  const on = (action: string) => (input: QueryInput) => [
    { action: `elasticache:${action}`, resource: caches.arnOf(textMember(input, 'ServerlessCacheName') ?? '*') },
  ];
  return {
    DescribeServerlessCaches: {
      permissions: on('DescribeServerlessCaches'),
      handle(input) {
        refuseOthers('DescribeServerlessCaches', input, ['ServerlessCacheName', 'MaxResults']);
        const name = textMember(input, 'ServerlessCacheName');
        const found = name === undefined ? caches.all() : [caches.get(name)];
        return { ServerlessCaches: { member: found.map(shape) } };
      },
    },
    ModifyServerlessCache: {
      permissions: on('ModifyServerlessCache'),
      handle(input) {
        refuseOthers('ModifyServerlessCache', input, ['ServerlessCacheName', 'CacheUsageLimits']);
        const cache = caches.get(requiredText(input, 'ServerlessCacheName'));
        caches.limit(cache, limitsIn(input.CacheUsageLimits));
        return { ServerlessCache: shape(cache) };
      },
    },
  };
}

/** Limits as the wire and CloudFormation tell them. */
export function limitsIn(given: unknown): UsageLimits {
  const { DataStorage, ECPUPerSecond } = (given ?? {}) as Readonly<Record<string, unknown>>;
  return {
    ...(DataStorage !== undefined && { storageGb: rangeIn(DataStorage) }),
    ...(ECPUPerSecond !== undefined && { ecpuPerSecond: rangeIn(ECPUPerSecond) }),
  };
}

function rangeIn(given: unknown): Range {
  const { Minimum, Maximum, Unit } = given as Readonly<Record<string, unknown>>;
  if (Unit !== undefined && Unit !== 'GB') throw new ApiError('InvalidParameterValue', `Invalid unit: ${String(Unit)}`);
  return {
    ...(Minimum !== undefined && { minimum: Number(Minimum) }),
    ...(Maximum !== undefined && { maximum: Number(Maximum) }),
  };
}

function shape({
  name,
  arn,
  engine,
  majorVersion,
  description,
  createdAt,
  address,
  limits,
}: ServerlessCache): XmlValue {
  return {
    ServerlessCacheName: name,
    ARN: arn,
    Description: description,
    CreateTime: new Date(createdAt),
    Status: 'available',
    Engine: engine,
    MajorEngineVersion: majorVersion,
    CacheUsageLimits: {
      DataStorage: limits.storageGb && { ...rangeShape(limits.storageGb), Unit: 'GB' },
      ECPUPerSecond: limits.ecpuPerSecond && rangeShape(limits.ecpuPerSecond),
    },
    Endpoint: { Address: address, Port: PORT },
    ReaderEndpoint: { Address: address, Port: PORT + 1 },
  };
}

const rangeShape = ({ minimum, maximum }: Range) => ({ Minimum: minimum, Maximum: maximum });

function refuseOthers(operation: string, input: QueryInput, known: readonly string[]): void {
  const unknown = Object.keys(input).filter((name) => !known.includes(name));
  if (unknown.length > 0)
    throw new ApiError('InvalidParameterValue', `The sandbox does not emulate ${operation} ${unknown.join(', ')}.`);
}
