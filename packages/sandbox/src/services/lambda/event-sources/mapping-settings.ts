import { refuseUnknownProperties } from '../../../core/provided-property.ts';
import { destinationKind } from '../asynchronous/destination.ts';
import { invalidParameter } from '../lambda-errors.ts';
import { wholeNumber } from '../parameter.ts';
import { compileFilter, type Filter } from './filter-criteria.ts';

/** What CreateEventSourceMapping and `AWS::Lambda::EventSourceMapping` are given; templates may write numbers and booleans as text. */
export interface MappingInput {
  readonly FunctionName?: string;
  readonly EventSourceArn?: string;
  readonly Enabled?: boolean | string;
  readonly BatchSize?: number | string;
  readonly MaximumBatchingWindowInSeconds?: number | string;
  readonly StartingPosition?: string;
  readonly StartingPositionTimestamp?: number | string;
  readonly ParallelizationFactor?: number | string;
  readonly MaximumRetryAttempts?: number | string;
  readonly MaximumRecordAgeInSeconds?: number | string;
  readonly BisectBatchOnFunctionError?: boolean | string;
  readonly FunctionResponseTypes?: readonly string[];
  readonly DestinationConfig?: { readonly OnFailure?: { readonly Destination?: string } };
  readonly FilterCriteria?: { readonly Filters?: readonly { readonly Pattern?: string }[] };
  readonly ScalingConfig?: { readonly MaximumConcurrency?: number | string };
  readonly TumblingWindowInSeconds?: number | string;
  readonly Tags?: unknown;
}

const KNOWN: readonly (keyof MappingInput)[] = [
  'FunctionName',
  'EventSourceArn',
  'Enabled',
  'BatchSize',
  'MaximumBatchingWindowInSeconds',
  'StartingPosition',
  'StartingPositionTimestamp',
  'ParallelizationFactor',
  'MaximumRetryAttempts',
  'MaximumRecordAgeInSeconds',
  'BisectBatchOnFunctionError',
  'FunctionResponseTypes',
  'DestinationConfig',
  'FilterCriteria',
  'ScalingConfig',
  'TumblingWindowInSeconds',
  'Tags',
];

/** What a mapping reads from. */
export type EventSourceKind = 'kinesis' | 'dynamodb' | 'sqs';

export type StartingPosition = 'TRIM_HORIZON' | 'LATEST' | 'AT_TIMESTAMP';

/** How a mapping reads its source and calls its function, with AWS's defaults filled in. */
export interface MappingSettings {
  readonly functionName: string;
  readonly eventSourceArn: string;
  readonly source: EventSourceKind;
  readonly isEnabled: boolean;
  readonly batchSize: number;
  readonly batchingWindowSeconds: number;
  readonly startingPosition: StartingPosition;
  /** Epoch milliseconds; for AT_TIMESTAMP. */
  readonly startingTimestamp?: number;
  readonly parallelizationFactor: number;
  /** -1: until the record expires. */
  readonly maximumRetryAttempts: number;
  /** -1: no limit of its own. */
  readonly maximumRecordAgeSeconds: number;
  readonly bisectsOnError: boolean;
  readonly reportsItemFailures: boolean;
  readonly onFailureArn?: string;
  /** A record passes where one of them matches. */
  readonly filters: readonly Filter[];
  /** SQS only: most invocations at one time. */
  readonly maximumConcurrency?: number;
}

const STREAM_DEFAULTS = { batchSize: 100, maxBatchSize: 10_000 };
const QUEUE_DEFAULTS = { batchSize: 10, maxBatchSize: 10_000 };

/**
 * Settings from an API call or a template, over `base` for an update. Throws InvalidParameterValueException for what AWS refuses, and
 * names what the sandbox does not emulate. Limits: CreateEventSourceMapping in the API reference.
 */
export function mappingSettings(input: MappingInput, base?: MappingSettings): MappingSettings {
  refuseUnknownProperties('AWS::Lambda::EventSourceMapping', input as Readonly<Record<string, unknown>>, KNOWN);
  if (Number(input.TumblingWindowInSeconds ?? 0) > 0) {
    throw invalidParameter('The sandbox does not emulate TumblingWindowInSeconds.');
  }
  const eventSourceArn = base?.eventSourceArn ?? input.EventSourceArn ?? '';
  const source = base?.source ?? sourceOf(eventSourceArn);
  const functionName = input.FunctionName ?? base?.functionName;
  if (!functionName) throw invalidParameter('An event source mapping needs a FunctionName.');
  const settings: MappingSettings = {
    functionName,
    eventSourceArn,
    source,
    ...sharedSettings(input, base, source),
    ...streamSettings(input, base, source),
    ...destination(input, base),
    ...scaling(input, base),
  };
  assertTogether(settings);
  return settings;
}

function sourceOf(arn: string): EventSourceKind {
  const service = arn.split(':')[2];
  if (service === 'kinesis' && arn.includes(':stream/') && !arn.includes('/consumer/')) return service;
  if (service === 'dynamodb' && /:table\/[^/]+\/stream\/[^/]+$/.test(arn)) return service;
  if (service === 'sqs') return service;
  throw invalidParameter(`The sandbox does not emulate the event source ${arn || '(none named)'}.`);
}

function sharedSettings(input: MappingInput, base: MappingSettings | undefined, source: EventSourceKind) {
  const defaults = source === 'sqs' ? QUEUE_DEFAULTS : STREAM_DEFAULTS;
  const responseTypes = input.FunctionResponseTypes ?? (base?.reportsItemFailures ? ['ReportBatchItemFailures'] : []);
  if (responseTypes.some((type) => type !== 'ReportBatchItemFailures')) {
    throw invalidParameter(`FunctionResponseTypes must be ReportBatchItemFailures, not ${responseTypes.join(', ')}.`);
  }
  return {
    isEnabled: flag(input.Enabled, base?.isEnabled ?? true),
    batchSize: wholeNumber('BatchSize', input.BatchSize ?? base?.batchSize ?? defaults.batchSize, [
      1,
      defaults.maxBatchSize,
    ]),
    batchingWindowSeconds: wholeNumber(
      'MaximumBatchingWindowInSeconds',
      input.MaximumBatchingWindowInSeconds ?? base?.batchingWindowSeconds ?? 0,
      [0, 300],
    ),
    reportsItemFailures: responseTypes.length > 0,
    filters: input.FilterCriteria ? compileFilters(input.FilterCriteria) : (base?.filters ?? []),
  };
}

const STREAM_ONLY: readonly (keyof MappingInput)[] = [
  'StartingPosition',
  'StartingPositionTimestamp',
  'ParallelizationFactor',
  'MaximumRetryAttempts',
  'MaximumRecordAgeInSeconds',
  'BisectBatchOnFunctionError',
  'DestinationConfig',
];

function streamSettings(input: MappingInput, base: MappingSettings | undefined, source: EventSourceKind) {
  if (source === 'sqs') {
    const misplaced = STREAM_ONLY.filter((name) => input[name] !== undefined);
    if (misplaced.length > 0)
      throw invalidParameter(`Unsupported parameter for SQS event source mappings: ${misplaced.join(', ')}.`);
  }
  const timestamp = timestampOf(input.StartingPositionTimestamp) ?? base?.startingTimestamp;
  return {
    startingPosition: startingPosition(input.StartingPosition ?? base?.startingPosition, source),
    ...(timestamp === undefined ? {} : { startingTimestamp: timestamp }),
    parallelizationFactor: wholeNumber(
      'ParallelizationFactor',
      input.ParallelizationFactor ?? base?.parallelizationFactor ?? 1,
      [1, 10],
    ),
    maximumRetryAttempts: wholeNumber(
      'MaximumRetryAttempts',
      input.MaximumRetryAttempts ?? base?.maximumRetryAttempts ?? -1,
      [-1, 10_000],
    ),
    maximumRecordAgeSeconds: wholeNumber(
      'MaximumRecordAgeInSeconds',
      input.MaximumRecordAgeInSeconds ?? base?.maximumRecordAgeSeconds ?? -1,
      [-1, 604_800],
    ),
    bisectsOnError: flag(input.BisectBatchOnFunctionError, base?.bisectsOnError ?? false),
  };
}

function startingPosition(value: string | undefined, source: EventSourceKind): StartingPosition {
  if (value === 'AT_TIMESTAMP' && source === 'dynamodb') {
    throw invalidParameter('StartingPosition AT_TIMESTAMP is not supported for DynamoDB streams.');
  }
  if (value === 'TRIM_HORIZON' || value === 'LATEST' || value === 'AT_TIMESTAMP') return value;
  if (source === 'sqs' && value === undefined) return 'TRIM_HORIZON';
  throw invalidParameter(
    `1 validation error detected: Value '${value}' at 'startingPosition' failed to satisfy enum value set.`,
  );
}

function destination(input: MappingInput, base: MappingSettings | undefined) {
  const arn = input.DestinationConfig ? input.DestinationConfig.OnFailure?.Destination : base?.onFailureArn;
  if (!arn) return {};
  if (!['sqs', 'sns', 's3'].includes(destinationKind(arn)))
    throw invalidParameter(`A stream's failed batches cannot go to ${arn}.`);
  return { onFailureArn: arn };
}

function scaling(input: MappingInput, base: MappingSettings | undefined) {
  const most = input.ScalingConfig ? input.ScalingConfig.MaximumConcurrency : base?.maximumConcurrency;
  return most === undefined
    ? {}
    : { maximumConcurrency: wholeNumber('ScalingConfig.MaximumConcurrency', most, [2, 1_000]) };
}

function assertTogether({
  source,
  batchSize,
  batchingWindowSeconds,
  startingPosition,
  startingTimestamp,
}: MappingSettings): void {
  if (source === 'sqs' && batchSize > 10 && batchingWindowSeconds < 1) {
    throw invalidParameter(
      'Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10',
    );
  }
  if (startingPosition === 'AT_TIMESTAMP' && startingTimestamp === undefined) {
    throw invalidParameter('StartingPosition AT_TIMESTAMP needs a StartingPositionTimestamp.');
  }
}

function compileFilters({ Filters = [] }: NonNullable<MappingInput['FilterCriteria']>): Filter[] {
  return Filters.map(({ Pattern }) => compileFilter(Pattern ?? '{}'));
}

/** Seconds as the wire has them, milliseconds out. */
function timestampOf(value: number | string | undefined): number | undefined {
  if (value === undefined) return undefined;
  const seconds = Number(value);
  return Number.isNaN(seconds) ? Date.parse(String(value)) : seconds * 1_000;
}

const flag = (value: boolean | string | undefined, otherwise: boolean): boolean =>
  value === undefined ? otherwise : String(value) === 'true';
