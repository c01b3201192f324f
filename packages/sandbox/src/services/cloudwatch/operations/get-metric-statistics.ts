import type { JsonOperation } from '../../../core/protocols/json-protocol.ts';
import { ApiError } from '../../../core/service.ts';
import type { CloudWatchState } from '../cloudwatch-state.ts';
import type { Distribution } from '../metrics/distribution.ts';
import { periodMs } from '../metrics/metric-query.ts';
import { alignedTo } from '../metrics/metric-store.ts';
import { statisticNamed } from '../metrics/statistic.ts';
import { fromWireMetric, type WireMetric } from '../metrics/wire-metric.ts';

interface GetMetricStatistics extends WireMetric {
  /** Epoch seconds. */
  readonly StartTime: number;
  readonly EndTime: number;
  readonly Period: number;
  readonly Statistics?: readonly string[];
  readonly ExtendedStatistics?: readonly string[];
  readonly Unit?: string;
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricStatistics.html */
const MAX_DATAPOINTS = 1_440;

export function getMetricStatistics({ store }: CloudWatchState): JsonOperation {
  return {
    permissions: () => [{ action: 'cloudwatch:GetMetricStatistics', resource: '*' }],
    handle(input: GetMetricStatistics) {
      const metric = fromWireMetric(input);
      const step = periodMs(input.Period);
      const fromMs = alignedTo(input.StartTime * 1000, Math.min(step, 60_000));
      const untilMs = input.EndTime * 1000;
      if (!(fromMs < untilMs)) throw invalid('The parameter StartTime must be less than the parameter EndTime.');
      if ((untilMs - fromMs) / step > MAX_DATAPOINTS) {
        throw invalid(`You have requested more than ${MAX_DATAPOINTS} datapoints. Reduce them by a longer Period.`);
      }
      const unit = input.Unit ?? store.unitOf(metric) ?? 'None';
      const periods = store.query(metric, { fromMs, untilMs, periodMs: step, anchorMs: fromMs }, input.Unit);
      return {
        Label: metric.metricName,
        Datapoints: periods.map(({ startMs, distribution }) => ({
          Timestamp: startMs / 1000,
          Unit: unit,
          ...read(distribution, input.Statistics ?? []),
          ...(input.ExtendedStatistics?.length
            ? { ExtendedStatistics: read(distribution, input.ExtendedStatistics) }
            : {}),
        })),
      };
    },
  };
}

function read(distribution: Distribution, names: readonly string[]): Record<string, number | undefined> {
  return Object.fromEntries(names.map((name) => [name, statisticNamed(name)(distribution)]));
}

function invalid(message: string): ApiError {
  return new ApiError('InvalidParameterCombinationException', message);
}
