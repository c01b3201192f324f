import { ApiError } from '../../../core/service.ts';
import { parseCron } from '../../events/schedule/cron.ts';
import { type TimeZone, timeZone } from './time-zone.ts';

/** When a schedule is due: the first time at or after an instant; undefined for never again. */
export type InvocationTimes = (atOrAfterMs: number) => number | undefined;

export interface TimingSettings {
  readonly ScheduleExpression: string;
  readonly ScheduleExpressionTimezone?: string | undefined;
  /** Epoch milliseconds. */
  readonly startMs?: number | undefined;
  readonly endMs?: number | undefined;
  /** When the schedule was made: a rate counts from there, where it has no start. */
  readonly createdMs: number;
}

const UNITS_MS: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/**
 * Reads `at(2026-03-01T09:00:00)`, `rate(5 minutes)` or `cron(0 9 ? * MON-FRI *)` in a time zone. Throws `ValidationException`.
 * https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
 */
export function invocationTimes(settings: TimingSettings): InvocationTimes {
  const { ScheduleExpression: expression, ScheduleExpressionTimezone: zoneName = 'UTC', startMs, endMs } = settings;
  const zone = timeZone(zoneName);
  if (!zone) throw invalid(`Invalid ScheduleExpressionTimezone ${zoneName}.`);
  const due =
    readAt(expression, zone) ?? readRate(expression, startMs ?? settings.createdMs) ?? readCron(expression, zone);
  if (!due) throw invalid(`Invalid Schedule Expression ${expression}.`);
  // One-time schedules know no start and end.
  if (expression.startsWith('at(')) return due;
  return (atOrAfterMs) => {
    const at = due(Math.max(atOrAfterMs, startMs ?? Number.NEGATIVE_INFINITY));
    return at !== undefined && endMs !== undefined && at > endMs ? undefined : at;
  };
}

function readAt(expression: string, zone: TimeZone): InvocationTimes | undefined {
  const text = /^at\((\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})\)$/.exec(expression)?.[1];
  const localMs = text === undefined ? Number.NaN : Date.parse(`${text}Z`);
  if (Number.isNaN(localMs)) return undefined;
  const at = zone.toUtc(localMs);
  return (atOrAfterMs) => (at !== undefined && at >= atOrAfterMs ? at : undefined);
}

/** The first run is at once, or at the start. */
function readRate(expression: string, fromMs: number): InvocationTimes | undefined {
  const [, count = '', unit = ''] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression) ?? [];
  const periodMs = Number(count) * (UNITS_MS[unit] ?? 0);
  if (periodMs === 0) return undefined;
  return (atOrAfterMs) => fromMs + Math.max(0, Math.ceil((atOrAfterMs - fromMs) / periodMs)) * periodMs;
}

/** A local time that the zone skips is skipped; one that it has twice is due once. */
function readCron(expression: string, zone: TimeZone): InvocationTimes | undefined {
  const fields = /^cron\(([^)]*)\)$/.exec(expression)?.[1];
  const next = fields === undefined ? undefined : parseCron(fields);
  if (!next) return undefined;
  return (atOrAfterMs) => {
    let localMs = next(zone.toLocal(atOrAfterMs) - 1);
    while (localMs !== undefined) {
      const at = zone.toUtc(localMs);
      if (at !== undefined && at >= atOrAfterMs) return at;
      localMs = next(localMs);
    }
    return undefined;
  };
}

function invalid(message: string): ApiError {
  return new ApiError('ValidationException', message);
}
