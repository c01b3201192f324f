import { parseSchedule, type Schedule } from '../events/schedule/schedule.ts';
import { invalid } from './scaling-error.ts';

/** Reads `at(2026-01-01T08:00:00)`, `rate(…)` and `cron(…)`, in UTC. Throws `ValidationException`. */
export function parseScalingSchedule(expression: string, timezone: string | undefined): Schedule {
  if (timezone !== undefined && timezone !== 'UTC' && timezone !== 'Etc/UTC')
    throw invalid(`The sandbox does not emulate schedules in ${timezone}: write them in UTC.`);
  const once = /^at\((\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?)\)$/.exec(expression)?.[1];
  if (once === undefined) return parseSchedule(expression);
  const at = Date.parse(`${once}Z`);
  if (Number.isNaN(at)) throw invalid(`Schedule ${expression} is not valid.`);
  return (afterMs) => (at > afterMs ? at : undefined);
}
