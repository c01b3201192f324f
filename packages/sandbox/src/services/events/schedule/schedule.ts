import { ApiError } from '../../../core/service.ts';
import { parseCron } from './cron.ts';

/** When a rule is due next, in epoch milliseconds, seen from a time at which it has just been due or was created; undefined for never. */
export type Schedule = (afterMs: number) => number | undefined;

const UNITS_MS: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/**
 * Reads `rate(5 minutes)` or `cron(0 12 * * ? *)`, in UTC. Throws `ValidationException`.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html
 */
export function parseSchedule(expression: string): Schedule {
  const [, count = '', unit = '', plural] = /^rate\((\d+) (minute|hour|day)(s?)\)$/.exec(expression) ?? [];
  const unitMs = UNITS_MS[unit];
  if (unitMs !== undefined && Number(count) >= 1 && (Number(count) === 1) === (plural === '')) {
    return (afterMs) => afterMs + Number(count) * unitMs;
  }
  const fields = /^cron\(([^)]*)\)$/.exec(expression)?.[1];
  const schedule = fields === undefined ? undefined : parseCron(fields);
  if (schedule) return schedule;
  throw new ApiError('ValidationException', 'Parameter ScheduleExpression is not valid.');
}
