import {
  type EventSourceMappingConfiguration,
  GetAccountSettingsCommand,
  GetFunctionCommand,
  type LambdaClient,
  paginateListAliases,
  paginateListEventSourceMappings,
  paginateListVersionsByFunction,
} from '@aws-sdk/client-lambda';
import type { FunctionSettings, MappingSettings } from '@lamplighter/remedies';

export interface ReadFunction {
  readonly settings: FunctionSettings;
  /** Values of its environment variables: they name what it works with. Never logged, never stored. */
  readonly environment: readonly string[];
}

/** A function with all its aliases, versions, mappings and tags: AWS lists the oldest versions first, fifty a call. */
export async function readFunction(client: LambdaClient, FunctionName: string): Promise<ReadFunction> {
  const [found, aliases, versions, mappings, account] = await Promise.all([
    client.send(new GetFunctionCommand({ FunctionName })),
    everyPage(paginateListAliases({ client }, { FunctionName }), ({ Aliases }) => Aliases),
    everyPage(paginateListVersionsByFunction({ client }, { FunctionName }), ({ Versions }) => Versions),
    everyPage(
      paginateListEventSourceMappings({ client }, { FunctionName }),
      ({ EventSourceMappings }) => EventSourceMappings,
    ),
    client.send(new GetAccountSettingsCommand({})),
  ]);
  const { Configuration, Concurrency, Tags = {} } = found;
  const reserved = Concurrency?.ReservedConcurrentExecutions;
  const level = Configuration?.LoggingConfig?.ApplicationLogLevel;
  return {
    environment: Object.values(Configuration?.Environment?.Variables ?? {}),
    settings: {
      functionName: FunctionName,
      memorySizeMb: Configuration?.MemorySize ?? 128,
      timeoutS: Configuration?.Timeout ?? 3,
      architecture: Configuration?.Architectures?.[0] === 'arm64' ? 'arm64' : 'x86_64',
      tracing: Configuration?.TracingConfig?.Mode ?? 'PassThrough',
      ...(level !== undefined && { applicationLogLevel: level }),
      ...(reserved !== undefined && { reservedConcurrency: reserved }),
      unreservedConcurrency: account.AccountLimit?.UnreservedConcurrentExecutions ?? 0,
      aliases: aliases.map(({ Name, FunctionVersion, RoutingConfig }) => ({
        name: Name!,
        version: FunctionVersion!,
        weights: RoutingConfig?.AdditionalVersionWeights ?? {},
      })),
      versions: versions
        .map(({ Version }) => Version!)
        .filter((version) => version !== '$LATEST')
        .sort((a, b) => Number(b) - Number(a)),
      snapStarted: versions
        .filter(({ SnapStart }) => SnapStart?.ApplyOn === 'PublishedVersions')
        .map(({ Version }) => Version!),
      tags: Tags,
      scaledAliases: [],
      mappings: mappings.map(mappingOf),
    },
  };
}

async function everyPage<Page, Item>(
  pages: AsyncIterable<Page>,
  itemsOf: (page: Page) => readonly Item[] | undefined,
): Promise<Item[]> {
  const items: Item[] = [];
  for await (const page of pages) items.push(...(itemsOf(page) ?? []));
  return items;
}

function mappingOf(mapping: EventSourceMappingConfiguration): MappingSettings {
  const {
    UUID,
    EventSourceArn,
    State,
    BatchSize,
    MaximumBatchingWindowInSeconds: batchingWindowS,
    ParallelizationFactor,
    ScalingConfig,
    BisectBatchOnFunctionError,
    MaximumRetryAttempts,
    DestinationConfig,
  } = mapping;
  const maximum = ScalingConfig?.MaximumConcurrency;
  const destination = DestinationConfig?.OnFailure?.Destination;
  return {
    uuid: UUID!,
    sourceArn: EventSourceArn ?? '',
    enabled: State !== 'Disabled' && State !== 'Disabling',
    batchSize: BatchSize ?? 1,
    ...(batchingWindowS !== undefined && { batchingWindowS }),
    ...(ParallelizationFactor !== undefined && { parallelizationFactor: ParallelizationFactor }),
    ...(maximum !== undefined && { maximumConcurrency: maximum }),
    ...(BisectBatchOnFunctionError !== undefined && { bisectBatchOnFunctionError: BisectBatchOnFunctionError }),
    ...(MaximumRetryAttempts !== undefined && { maximumRetryAttempts: MaximumRetryAttempts }),
    ...(destination !== undefined && { failureDestination: destination }),
  };
}
