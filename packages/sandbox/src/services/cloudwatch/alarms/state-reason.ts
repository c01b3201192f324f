import type { AlarmSettings, AlarmState } from './alarm.ts';
import type { Datapoints } from './evaluate-alarm.ts';

const WORDS: Readonly<Record<AlarmSettings['ComparisonOperator'], string>> = {
  GreaterThanOrEqualToThreshold: 'greater than or equal to',
  GreaterThanThreshold: 'greater than',
  LessThanThreshold: 'less than',
  LessThanOrEqualToThreshold: 'less than or equal to',
};

/** What an evaluation looked at. */
export interface Evaluation {
  readonly settings: AlarmSettings;
  readonly datapoints: Datapoints;
  readonly periodSeconds: number;
  /** End of the newest period, in epoch milliseconds. */
  readonly untilMs: number;
  readonly nowMs: number;
}

/** The sentence that AWS gives a change of state, worded as in its real events. */
export function stateReason(state: AlarmState, evaluation: Evaluation): string {
  const { settings } = evaluation;
  const recent = recentDatapoints(evaluation);
  if (state === 'INSUFFICIENT_DATA') {
    const count = settings.EvaluationPeriods;
    return `Insufficient Data: ${count} ${count === 1 ? 'datapoint was' : 'datapoints were'} unknown.`;
  }
  if (recent.length === 0) {
    const treated = settings.TreatMissingData === 'breaching' ? 'Breaching' : 'NonBreaching';
    const count = settings.EvaluationPeriods;
    const [periods, missing] = count === 1 ? ['period', 'datapoint was'] : ['periods', 'datapoints were'];
    return `Threshold Crossed: no datapoints were received for ${count} ${periods} and ${count} missing ${missing} treated as [${treated}].`;
  }
  const listed = recent.map(({ value, startMs }) => `${asDouble(value)} (${shortTime(startMs)})`).join(', ');
  const verb = `${recent.length === 1 ? 'was' : 'were'}${state === 'OK' ? ' not' : ''}`;
  const needed = settings.DatapointsToAlarm ?? settings.EvaluationPeriods;
  const way = state === 'ALARM' ? 'OK -> ALARM' : 'ALARM -> OK';
  return `Threshold Crossed: ${recent.length} out of the last ${settings.EvaluationPeriods} datapoints [${listed}] ${verb} ${WORDS[settings.ComparisonOperator]} the threshold (${asDouble(settings.Threshold)}) (minimum ${needed} datapoint${needed === 1 ? '' : 's'} for ${way} transition).`;
}

/** `reasonData` of the event, which is JSON in a string. */
export function stateReasonData(evaluation: Evaluation): string {
  const { settings, periodSeconds, nowMs } = evaluation;
  const recent = recentDatapoints(evaluation);
  const statistic = settings.Statistic ?? settings.ExtendedStatistic;
  return JSON.stringify({
    version: '1.0',
    queryDate: alarmTime(nowMs),
    ...(recent.length > 0 ? { startDate: alarmTime((recent.at(-1) as { startMs: number }).startMs) } : {}),
    ...(statistic ? { statistic } : {}),
    period: periodSeconds,
    recentDatapoints: recent.map(({ value }) => value).reverse(),
    threshold: settings.Threshold,
  });
}

/** Time as CloudWatch writes it in alarm events: `2019-10-02T17:04:40.989+0000`. */
export function alarmTime(ms: number): string {
  return new Date(ms).toISOString().replace('Z', '+0000');
}

/** Those of the evaluated periods that have data, newest first. */
function recentDatapoints({ settings, datapoints, periodSeconds, untilMs }: Evaluation) {
  return datapoints
    .map((value, index) => ({ value, startMs: untilMs - (datapoints.length - index) * periodSeconds * 1000 }))
    .filter((point): point is { value: number; startMs: number } => point.value !== undefined)
    .reverse()
    .slice(0, settings.EvaluationPeriods);
}

/** `02/10/19 16:59:00` */
function shortTime(ms: number): string {
  const [date = '', time = ''] = new Date(ms).toISOString().split('T');
  const [year = '', month, day] = date.split('-');
  return `${day}/${month}/${year.slice(2)} ${time.slice(0, 8)}`;
}

function asDouble(value: number): string {
  return Number.isInteger(value) ? `${value}.0` : String(value);
}
