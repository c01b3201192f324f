import { ApiError } from '../../../core/service.ts';
import { evaluateMath, type MathSeries } from './metric-math.ts';
import type { MetricStore } from './metric-store.ts';
import { statisticNamed } from './statistic.ts';
import { fromWireMetric, type WireMetric } from './wire-metric.ts';

/** One entry of `MetricDataQueries`, or of an alarm's `Metrics`. */
export interface MetricDataQuery {
  readonly Id: string;
  readonly MetricStat?: {
    readonly Metric: WireMetric;
    readonly Period: number;
    readonly Stat: string;
    readonly Unit?: string;
  };
  readonly Expression?: string;
  readonly Label?: string;
  readonly Period?: number;
  readonly ReturnData?: boolean;
  readonly AccountId?: string;
}

export interface TimeRange {
  readonly fromMs: number;
  readonly untilMs: number;
}

/** A value per period start, oldest first. */
export type QueryResult = ReadonlyMap<number, number>;

/** Answers the queries that are to be returned, by id. Throws `ValidationError` for a query that the sandbox cannot answer. */
export function runQueries(
  store: MetricStore,
  queries: readonly MetricDataQuery[],
  range: TimeRange,
): ReadonlyMap<string, QueryResult> {
  const metrics = new Map<string, QueryResult>();
  for (const query of queries) if (query.MetricStat) metrics.set(query.Id, readMetric(store, query.MetricStat, range));
  const known = new Map<string, MathSeries>(metrics);
  for (const query of queries) {
    if (query.Expression !== undefined)
      known.set(query.Id, evaluateMath(query.Expression, known, [...metrics.values()]));
    else if (!query.MetricStat) throw invalid(`The query ${query.Id} has neither MetricStat nor Expression.`);
  }
  const returned = queries.filter(({ ReturnData }) => ReturnData !== false);
  return new Map(returned.map(({ Id }) => [Id, asResult(Id, known.get(Id))]));
}

function readMetric(
  store: MetricStore,
  stat: NonNullable<MetricDataQuery['MetricStat']>,
  range: TimeRange,
): QueryResult {
  const read = statisticNamed(stat.Stat);
  const periods = store.query(fromWireMetric(stat.Metric), { ...range, periodMs: periodMs(stat.Period) }, stat.Unit);
  return new Map(
    periods.flatMap(({ startMs, distribution }) => {
      const value = read(distribution);
      return value === undefined ? [] : [[startMs, value] as const];
    }),
  );
}

/** Periods of AWS: 1, 5, 10, 20, 30 seconds, or whole minutes. Throws `InvalidParameterValueException`. */
export function periodMs(seconds: number): number {
  if ([1, 5, 10, 20, 30].includes(seconds) || (seconds >= 60 && seconds % 60 === 0)) return seconds * 1000;
  throw new ApiError(
    'InvalidParameterValueException',
    `Period must be 1, 5, 10, 20, 30 or a multiple of 60, not ${seconds}.`,
  );
}

function asResult(id: string, series: MathSeries | undefined): QueryResult {
  if (series instanceof Map) return series;
  throw invalid(`Error in expression '${id}' [The expression gives a number, not a time series.]`);
}

function invalid(message: string): ApiError {
  return new ApiError('ValidationError', message);
}
