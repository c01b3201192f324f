import type { Mapping } from '../event-sources/mapping.ts';
import type { FunctionConfiguration } from '../functions/function-configuration.ts';
import type { Alias, EventInvokeConfig, FunctionTarget } from '../functions/function-store.ts';
import type { LambdaCore } from '../lambda-core.ts';

/** How Lambda's values look on the wire: member names of the API reference, times as each shape has them. */

export function configurationShape(core: LambdaCore, configuration: FunctionConfiguration, qualifier?: string) {
  const { logging, version } = configuration;
  const isVersion = version !== '$LATEST';
  return {
    FunctionName: configuration.functionName,
    FunctionArn: core.functions.arn(configuration.functionName, isVersion ? version : qualifier),
    Runtime: configuration.runtime,
    Role: configuration.roleArn,
    Handler: configuration.handler,
    CodeSize: configuration.code.sizeBytes,
    Description: configuration.description,
    Timeout: configuration.timeoutSeconds,
    MemorySize: configuration.memorySizeMb,
    LastModified: new Date(configuration.lastModified).toISOString().replace('Z', '+0000'),
    CodeSha256: configuration.code.sha256,
    Version: version,
    TracingConfig: { Mode: configuration.tracingMode },
    RevisionId: configuration.revisionId,
    State: 'Active',
    LastUpdateStatus: 'Successful',
    PackageType: 'Zip',
    Architectures: [configuration.architecture],
    EphemeralStorage: { Size: configuration.ephemeralStorageMb },
    LoggingConfig: {
      LogFormat: logging.logFormat,
      LogGroup: logging.logGroup,
      ...(logging.logFormat === 'JSON'
        ? { ApplicationLogLevel: logging.applicationLogLevel, SystemLogLevel: logging.systemLogLevel }
        : {}),
    },
    ...(Object.keys(configuration.environment).length > 0
      ? { Environment: { Variables: configuration.environment } }
      : {}),
    ...(configuration.deadLetterTargetArn
      ? { DeadLetterConfig: { TargetArn: configuration.deadLetterTargetArn } }
      : {}),
    ...(configuration.kmsKeyArn ? { KMSKeyArn: configuration.kmsKeyArn } : {}),
  };
}

export function aliasShape(core: LambdaCore, functionName: string, alias: Alias) {
  const { additionalVersionWeights } = alias;
  return {
    AliasArn: core.functions.arn(functionName, alias.name),
    Name: alias.name,
    FunctionVersion: alias.functionVersion,
    Description: alias.description,
    RevisionId: alias.revisionId,
    ...(Object.keys(additionalVersionWeights).length > 0
      ? { RoutingConfig: { AdditionalVersionWeights: additionalVersionWeights } }
      : {}),
  };
}

export function invokeConfigShape(
  core: LambdaCore,
  { record, qualifier = '$LATEST' }: FunctionTarget,
  config: EventInvokeConfig,
) {
  const { maximumRetryAttempts, maximumEventAgeSeconds, onSuccessArn, onFailureArn } = config;
  return {
    FunctionArn: core.functions.arn(record.name, qualifier),
    LastModified: config.lastModified / 1_000,
    ...(maximumRetryAttempts === undefined ? {} : { MaximumRetryAttempts: maximumRetryAttempts }),
    ...(maximumEventAgeSeconds === undefined ? {} : { MaximumEventAgeInSeconds: maximumEventAgeSeconds }),
    DestinationConfig: {
      OnSuccess: onSuccessArn ? { Destination: onSuccessArn } : {},
      OnFailure: onFailureArn ? { Destination: onFailureArn } : {},
    },
  };
}

export function mappingShape(mapping: Mapping, arn: string) {
  const { settings } = mapping;
  const state = mapping.isDeleted ? 'Deleting' : settings.isEnabled ? 'Enabled' : 'Disabled';
  return {
    UUID: mapping.uuid,
    EventSourceMappingArn: arn,
    EventSourceArn: settings.eventSourceArn,
    FunctionArn: mapping.functionArn,
    LastModified: mapping.lastModified / 1_000,
    LastProcessingResult: mapping.lastProcessingResult,
    State: state,
    StateTransitionReason: 'User action',
    BatchSize: settings.batchSize,
    MaximumBatchingWindowInSeconds: settings.batchingWindowSeconds,
    FunctionResponseTypes: settings.reportsItemFailures ? ['ReportBatchItemFailures'] : [],
    ...(settings.filters.length > 0
      ? { FilterCriteria: { Filters: settings.filters.map(({ pattern }) => ({ Pattern: pattern })) } }
      : {}),
    ...(settings.source !== 'sqs' ? streamMembers(mapping) : {}),
    ...(settings.maximumConcurrency === undefined
      ? {}
      : { ScalingConfig: { MaximumConcurrency: settings.maximumConcurrency } }),
  };
}

function streamMembers({ settings }: Mapping) {
  return {
    StartingPosition: settings.startingPosition,
    ...(settings.startingTimestamp === undefined
      ? {}
      : { StartingPositionTimestamp: settings.startingTimestamp / 1_000 }),
    ParallelizationFactor: settings.parallelizationFactor,
    MaximumRetryAttempts: settings.maximumRetryAttempts,
    MaximumRecordAgeInSeconds: settings.maximumRecordAgeSeconds,
    BisectBatchOnFunctionError: settings.bisectsOnError,
    DestinationConfig: { OnFailure: settings.onFailureArn ? { Destination: settings.onFailureArn } : {} },
  };
}
