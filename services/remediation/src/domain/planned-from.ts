import type { Change, FunctionSettings, RemedyContext } from '@lamplighter/remedies';

/**
 * A change with what it was planned from, of what it sets: days may pass until somebody says yes, and its owner may have deployed. Unchanged where that is not
 * known, and of kinds that look at their resource in a way of their own.
 */
export function plannedFrom(change: Change, context: RemedyContext): Change {
  const now = settingsOf(change, context);
  if (now === undefined) return change;
  const known = Object.entries(now).filter(
    ([field, value]) => value !== undefined && (change as Readonly<Record<string, unknown>>)[field] !== undefined,
  );
  return known.length === 0 ? change : ({ ...change, from: Object.fromEntries(known) } as Change);
}

/** As the plan read them, in the words of the change. */
function settingsOf(change: Change, context: RemedyContext): Readonly<Record<string, unknown>> | undefined {
  const { cluster, stream, cache, api } = context;
  const settings = context.function;
  switch (change.kind) {
    case 'lambda-configuration':
      return settings && configurationOf(settings);
    case 'lambda-reserved-concurrency':
      return settings && { concurrency: settings.reservedConcurrency ?? null };
    case 'event-source-mapping':
      return mappingOf(change.uuid, settings);
    case 'kinesis-capacity':
      return stream && { mode: stream.mode, shards: stream.shards };
    case 'cache-limits':
      return cache && { maxStorageGb: cache.maxStorageGb ?? null, maxEcpuPerSecond: cache.maxEcpuPerSecond ?? null };
    case 'aurora-capacity':
      return cluster && { minAcu: cluster.minAcu, maxAcu: cluster.maxAcu };
    case 'api-throttle':
      return api && { rateLimit: api.rateLimit ?? null, burstLimit: api.burstLimit ?? null };
    case 'api-cache':
      return api?.cache && { clusterEnabled: api.cache.isOn };
    default:
      return undefined;
  }
}

const configurationOf = ({ memorySizeMb, timeoutS, tracing, applicationLogLevel }: FunctionSettings) => ({
  memorySizeMb,
  timeoutS,
  tracing,
  applicationLogLevel,
});

/** What AWS does where a mapping says nothing. */
function mappingOf(uuid: string, settings: RemedyContext['function']) {
  const mapping = settings?.mappings.find((one) => one.uuid === uuid);
  if (mapping === undefined) return undefined;
  const { enabled, batchSize, parallelizationFactor, bisectBatchOnFunctionError, maximumRetryAttempts } = mapping;
  return {
    enabled,
    batchSize,
    parallelizationFactor: parallelizationFactor ?? 1,
    bisectBatchOnFunctionError: bisectBatchOnFunctionError ?? false,
    maximumRetryAttempts: maximumRetryAttempts ?? -1,
    maximumConcurrency: mapping.maximumConcurrency ?? null,
  };
}
