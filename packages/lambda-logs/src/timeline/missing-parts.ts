import type { MissingPart } from '../invocation.ts';
import type { LogFormat, ReportRecord } from '../records/log-record.ts';
import type { InvocationSpan } from './brackets/invocation-span.ts';
import { isManagedReport } from './managed-instance.ts';

/** What an attempt's own records should tell and do not. */
export function missingParts(
  { start, end, report: position }: InvocationSpan,
  report: ReportRecord | undefined,
  format: LogFormat | undefined,
): MissingPart[] {
  const missing: MissingPart[] = [];
  if (start === undefined) missing.push('start');
  // The JSON format has no END.
  if (end === undefined && (report?.format ?? format) !== 'json') missing.push('end');
  if (position === undefined) missing.push('report');
  else addMissingFigures(missing, report);
  return missing;
}

function addMissingFigures(missing: MissingPart[], report: ReportRecord | undefined): void {
  if (report !== undefined && isManagedReport(report)) return;
  if (report?.durationMs === undefined) missing.push('duration');
  if (report?.billedDurationMs === undefined) missing.push('billed-duration');
  if (report?.memorySizeMb === undefined) missing.push('memory-size');
  if (report?.maxMemoryUsedMb === undefined) missing.push('max-memory-used');
}
