import { ApiError } from '../../core/service.ts';
import { assertPrefixes } from './object-key.ts';

type Configuration = Readonly<Record<string, unknown>>;

/** Where and how a stream writes. */
export interface S3Destination {
  readonly roleArn: string;
  readonly bucket: string;
  readonly prefix: string;
  readonly extension: string;
  readonly isGzip: boolean;
  /** Records are parted by newlines. */
  readonly hasDelimiter: boolean;
  readonly bufferBytes: number;
  readonly intervalMs: number;
  /** Log stream that hears of failed deliveries. */
  readonly errorLog: { readonly logGroup: string; readonly logStream: string } | undefined;
  /** As it was given, for DescribeDeliveryStream. */
  readonly configuration: Configuration;
}

const KNOWN = [
  'RoleARN',
  'BucketARN',
  'Prefix',
  'ErrorOutputPrefix',
  'BufferingHints',
  'CompressionFormat',
  'EncryptionConfiguration',
  'CloudWatchLoggingOptions',
  'ProcessingConfiguration',
  'S3BackupMode',
  'FileExtension',
  'CustomTimeZone',
  'DynamicPartitioningConfiguration',
  'DataFormatConversionConfiguration',
];
/** Defaults and bounds: API_BufferingHints. */
const DEFAULT_SIZE_MB = 5;
const DEFAULT_INTERVAL_SECONDS = 300;

/** Reads an extended S3 destination; what is not emulated is refused by name. */
export function readS3Destination(configuration: Configuration): S3Destination {
  refuseUnemulated(configuration);
  const { RoleARN, BucketARN, CompressionFormat = 'UNCOMPRESSED', FileExtension } = configuration;
  if (typeof RoleARN !== 'string' || typeof BucketARN !== 'string' || !BucketARN.startsWith('arn:aws:s3:::')) {
    throw invalid('RoleARN and the BucketARN of an S3 bucket are required.');
  }
  const prefix = String(configuration.Prefix ?? '');
  assertPrefixes(prefix, configuration.ErrorOutputPrefix as string | undefined);
  const isGzip = CompressionFormat === 'GZIP';
  const { sizeMb, intervalSeconds } = readBufferingHints(configuration.BufferingHints);
  return {
    roleArn: RoleARN,
    bucket: BucketARN.slice('arn:aws:s3:::'.length),
    prefix,
    extension: String(FileExtension ?? (isGzip ? '.gz' : '')),
    isGzip,
    hasDelimiter: readDelimiter(configuration.ProcessingConfiguration),
    bufferBytes: sizeMb * 1024 * 1024,
    intervalMs: intervalSeconds * 1000,
    errorLog: readErrorLog(configuration.CloudWatchLoggingOptions),
    configuration,
  };
}

function refuseUnemulated(configuration: Configuration): void {
  const unknown = Object.keys(configuration).filter((name) => !KNOWN.includes(name));
  if (unknown.length > 0) throw unemulated(unknown.join(', '));
  const { CompressionFormat = 'UNCOMPRESSED', S3BackupMode = 'Disabled', CustomTimeZone = 'UTC' } = configuration;
  if (CompressionFormat !== 'UNCOMPRESSED' && CompressionFormat !== 'GZIP') {
    throw unemulated(`CompressionFormat ${CompressionFormat}`);
  }
  if (S3BackupMode !== 'Disabled') throw unemulated(`S3BackupMode ${S3BackupMode}`);
  if (CustomTimeZone !== 'UTC') throw unemulated(`CustomTimeZone ${CustomTimeZone}`);
  for (const name of ['DynamicPartitioningConfiguration', 'DataFormatConversionConfiguration']) {
    if (isEnabled(configuration[name])) throw unemulated(name);
  }
}

function readBufferingHints(value: unknown): { sizeMb: number; intervalSeconds: number } {
  const hints = (value ?? {}) as { SizeInMBs?: unknown; IntervalInSeconds?: unknown };
  const sizeMb = Number(hints.SizeInMBs ?? DEFAULT_SIZE_MB);
  const intervalSeconds = Number(hints.IntervalInSeconds ?? DEFAULT_INTERVAL_SECONDS);
  if (!(sizeMb >= 1 && sizeMb <= 128)) throw invalid('BufferingHints SizeInMBs must be between 1 and 128.');
  if (!(intervalSeconds >= 0 && intervalSeconds <= 900)) {
    throw invalid('BufferingHints IntervalInSeconds must be between 0 and 900.');
  }
  return { sizeMb, intervalSeconds };
}

/** The one processor that is emulated puts a newline behind each record. */
function readDelimiter(value: unknown): boolean {
  if (!isEnabled(value)) return false;
  const processors = (value as { Processors?: readonly { Type?: string }[] }).Processors ?? [];
  const other = processors.find((processor) => processor.Type !== 'AppendDelimiterToRecord');
  if (other) throw unemulated(`processor ${other.Type}`);
  return processors.length > 0;
}

function readErrorLog(value: unknown): S3Destination['errorLog'] {
  if (!isEnabled(value)) return undefined;
  const { LogGroupName, LogStreamName } = value as { LogGroupName?: string; LogStreamName?: string };
  if (!LogGroupName || !LogStreamName) throw invalid('CloudWatchLoggingOptions need LogGroupName and LogStreamName.');
  return { logGroup: LogGroupName, logStream: LogStreamName };
}

function isEnabled(value: unknown): boolean {
  return String((value as { Enabled?: unknown } | undefined)?.Enabled) === 'true';
}

function unemulated(what: string): ApiError {
  return invalid(`The sandbox does not emulate ${what} of an S3 destination.`);
}

function invalid(message: string): ApiError {
  return new ApiError('InvalidArgumentException', message);
}
