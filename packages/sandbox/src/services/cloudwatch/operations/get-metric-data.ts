import type { JsonOperation } from '../../../core/protocols/json-protocol.ts';
import { ApiError } from '../../../core/service.ts';
import type { CloudWatchState } from '../cloudwatch-state.ts';
import { type MetricDataQuery, type QueryResult, runQueries } from '../metrics/metric-query.ts';

interface GetMetricData {
  readonly MetricDataQueries: readonly MetricDataQuery[];
  /** Epoch seconds. */
  readonly StartTime: number;
  readonly EndTime: number;
  readonly NextToken?: string;
  readonly ScanBy?: 'TimestampDescending' | 'TimestampAscending';
  readonly MaxDatapoints?: number;
}

// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html
const MAX_QUERIES = 500;
const MAX_DATAPOINTS = 100_800;

export function getMetricData({ store }: CloudWatchState): JsonOperation {
  return {
    permissions: () => [{ action: 'cloudwatch:GetMetricData', resource: '*' }],
    handle(input: GetMetricData) {
      const queries = input.MetricDataQueries ?? [];
      if (queries.length === 0 || queries.length > MAX_QUERIES) {
        throw invalid(`The collection MetricDataQueries must have 1 to ${MAX_QUERIES} members.`);
      }
      if (!(input.StartTime < input.EndTime))
        throw invalid('The parameter StartTime must be less than the parameter EndTime.');
      const range = { fromMs: input.StartTime * 1000, untilMs: input.EndTime * 1000 };
      return page(queries, runQueries(store, queries, range), input);
    },
  };
}

/** Cuts the answer after `MaxDatapoints`; the token counts the datapoints that went before. */
function page(
  queries: readonly MetricDataQuery[],
  results: ReadonlyMap<string, QueryResult>,
  input: GetMetricData,
): Record<string, unknown> {
  const most = Math.min(input.MaxDatapoints ?? MAX_DATAPOINTS, MAX_DATAPOINTS);
  let skip = input.NextToken === undefined ? 0 : Number(Buffer.from(input.NextToken, 'base64url').toString());
  if (!Number.isInteger(skip)) throw invalid('The parameter NextToken is invalid.');
  const done = skip + most;
  let room = most;
  const total = [...results.values()].reduce((sum, { size }) => sum + size, 0);
  const MetricDataResults = [...results].map(([id, result]) => {
    const ordered = [...result].sort(([a], [b]) => (input.ScanBy === 'TimestampAscending' ? a - b : b - a));
    const shown = ordered.slice(skip, skip + room);
    const isComplete = skip + shown.length >= ordered.length;
    skip = Math.max(0, skip - ordered.length);
    room -= shown.length;
    return {
      Id: id,
      Label: labelOf(queries.find(({ Id }) => Id === id)),
      Timestamps: shown.map(([startMs]) => startMs / 1000),
      Values: shown.map(([, value]) => value),
      StatusCode: isComplete ? 'Complete' : 'PartialData',
    };
  });
  const nextToken = done < total ? { NextToken: Buffer.from(String(done)).toString('base64url') } : {};
  return { MetricDataResults, Messages: [], ...nextToken };
}

function labelOf(query: MetricDataQuery | undefined): string {
  return query?.Label ?? query?.MetricStat?.Metric.MetricName ?? query?.Id ?? '';
}

function invalid(message: string): ApiError {
  return new ApiError('ValidationError', message);
}
