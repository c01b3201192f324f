import type { ReportRecord } from '../records/log-record.ts';
import type { FoundSpans } from './brackets/find-spans.ts';
import type { StreamRecords } from './stream-records.ts';

/**
 * The version that unqualified calls of a function on Managed Instances run; no other function has it.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-managed-instances-version-publishing.html
 */
export const PUBLISHED_VERSION = '$LATEST.PUBLISHED';

/**
 * A REPORT as Managed Instances write it: the duration, and nothing about billing and memory, which an environment that runs many invocations
 * at once does not have by invocation. Every other environment's JSON report has all of it.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/telemetry-schema-reference.html
 */
export function isManagedReport(report: ReportRecord): boolean {
  const { format, durationMs, billedDurationMs, memorySizeMb, maxMemoryUsedMb } = report;
  const isLean = billedDurationMs === undefined && memorySizeMb === undefined && maxMemoryUsedMb === undefined;
  return format === 'json' && durationMs !== undefined && isLean;
}

/**
 * Whether the stream is a managed instance's, which writes JSON only: it says so when it initialises, before its first invocation, and each of
 * its reports shows it. Those that a strict reading believes are counted, so that a few printed ones turn nobody's stream.
 */
export function isManagedInstance({ records }: StreamRecords, { spans, format }: FoundSpans): boolean {
  if (format !== 'json') return false;
  const end = spans[0]?.first ?? records.length;
  for (let position = 0; position < end; position++) {
    const record = records[position];
    if (record !== undefined && 'initializationType' in record && record.initializationType === MANAGED) return true;
  }
  let lead = 0;
  for (const { report } of spans) {
    const record = report === undefined ? undefined : records[report];
    if (record?.kind === 'report') lead += isManagedReport(record) ? 1 : -1;
  }
  return lead > 0;
}

const MANAGED = 'lambda-managed-instances';
