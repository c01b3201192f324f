import type { AlarmSettings, AlarmState, ComparisonOperator } from './alarm.ts';

/** The newest periods of an alarm's evaluation range, oldest first; undefined where a period has no data. */
export type Datapoints = readonly (number | undefined)[];

const BREACHES: Readonly<Record<ComparisonOperator, (value: number, threshold: number) => boolean>> = {
  GreaterThanOrEqualToThreshold: (value, threshold) => value >= threshold,
  GreaterThanThreshold: (value, threshold) => value > threshold,
  LessThanThreshold: (value, threshold) => value < threshold,
  LessThanOrEqualToThreshold: (value, threshold) => value <= threshold,
};

/** AWS looks further back than it evaluates, by a number that it does not publish; its own examples show two. */
export const EXTRA_PERIODS = 2;

export function breaches(settings: AlarmSettings, value: number): boolean {
  return BREACHES[settings.ComparisonOperator](value, settings.Threshold);
}

/**
 * The state that datapoints stand for: M out of N, missing ones filled as `TreatMissingData` says, and only as far as fewer than N are
 * there. The tables of
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html are this function's test.
 */
export function evaluateAlarm(settings: AlarmSettings, datapoints: Datapoints, current: AlarmState): AlarmState {
  const {
    EvaluationPeriods: periods,
    DatapointsToAlarm: needed = periods,
    TreatMissingData: treat = 'missing',
  } = settings;
  const present = datapoints.filter((value) => value !== undefined).slice(-periods);
  const breaching = present.filter((value) => breaches(settings, value)).length;
  const lacking = periods - present.length;
  if (lacking === 0 || treat === 'notBreaching') return breaching >= needed ? 'ALARM' : 'OK';
  if (treat === 'breaching') return breaching + lacking >= needed ? 'ALARM' : 'OK';
  if (breaching >= needed) return 'ALARM';
  if (breaching < present.length) return 'OK';
  if (treat === 'ignore') return current;
  if (present.length === 0) return 'INSUFFICIENT_DATA';
  // All that is there breaches, but it is less than M: an alarm once the oldest of it is as old as M periods, not before.
  const oldest = datapoints.length - datapoints.findIndex((value) => value !== undefined);
  return oldest >= needed ? 'ALARM' : current;
}
