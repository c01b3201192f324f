import type { JsonOperation } from '../../../core/protocols/json-protocol.ts';
import { ApiError } from '../../../core/service.ts';
import type { CloudWatchState } from '../cloudwatch-state.ts';
import type { Distribution } from '../metrics/distribution.ts';
import type { MetricStore } from '../metrics/metric-store.ts';
import { fromWireMetric, type WireMetric } from '../metrics/wire-metric.ts';

interface PutMetricData {
  readonly Namespace: string;
  readonly MetricData?: readonly MetricDatum[];
  readonly EntityMetricData?: readonly unknown[];
}

interface MetricDatum extends WireMetric {
  /** Epoch seconds. */
  readonly Timestamp?: number;
  readonly Value?: number;
  readonly Values?: readonly number[];
  readonly Counts?: readonly number[];
  readonly StatisticValues?: {
    readonly SampleCount: number;
    readonly Sum: number;
    readonly Minimum: number;
    readonly Maximum: number;
  };
  readonly Unit?: string;
  readonly StorageResolution?: number;
}

// Limits: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricData.html
const MAX_METRICS = 1_000;
const MAX_VALUES = 150;
const MAX_DIMENSIONS = 30;
const MAX_AGE_MS = 14 * 86_400_000;
const MAX_FUTURE_MS = 2 * 3_600_000;

export function putMetricData({ context, store }: CloudWatchState): JsonOperation {
  return {
    permissions: (input: PutMetricData) => [
      { action: 'cloudwatch:PutMetricData', resource: '*', context: { 'cloudwatch:namespace': input.Namespace ?? '' } },
    ],
    handle(input: PutMetricData) {
      const { Namespace, MetricData = [] } = input;
      if (input.EntityMetricData?.length) throw invalid('The sandbox does not emulate PutMetricData EntityMetricData.');
      if (!/^[^:].{0,254}$/.test(Namespace ?? ''))
        throw invalid('The parameter Namespace is required and must not start with a colon.');
      if (Namespace.startsWith('AWS/'))
        throw invalid('The value AWS/ for parameter Namespace is invalid: it is reserved.');
      if (MetricData.length > MAX_METRICS)
        throw invalid(`The collection MetricData must not have a size greater than ${MAX_METRICS}.`);
      const now = context.clock.now();
      for (const datum of MetricData) assertDatum(datum, now);
      for (const datum of MetricData) putDatum(store, Namespace, datum, now);
    },
  };
}

function assertDatum(datum: MetricDatum, now: number): void {
  const { MetricName, Dimensions = [], Values = [], Counts, Timestamp } = datum;
  if (!MetricName) throw invalid('The parameter MetricData.member.N.MetricName is required.');
  if (Dimensions.length > MAX_DIMENSIONS) throw invalid(`A metric has at most ${MAX_DIMENSIONS} dimensions.`);
  if (Values.length > MAX_VALUES)
    throw invalid(`The collection MetricData.member.N.Values must not have a size greater than ${MAX_VALUES}.`);
  if (Counts && Counts.length !== Values.length)
    throw invalid('Values and Counts must have the same number of elements.');
  const kinds = [datum.Value, datum.StatisticValues, datum.Values].filter((kind) => kind !== undefined).length;
  if (kinds !== 1) throw invalid('A metric has exactly one of Value, Values and StatisticValues.');
  if ([datum.Value ?? 0, ...Values].some((value) => !Number.isFinite(Number(value))))
    throw invalid('A value must be a finite number.');
  const at = Timestamp === undefined ? now : Timestamp * 1000;
  if (at < now - MAX_AGE_MS)
    throw invalid(
      'The parameter MetricData.member.N.Timestamp must specify a time no more than two weeks in the past.',
    );
  if (at > now + MAX_FUTURE_MS)
    throw invalid(
      'The parameter MetricData.member.N.Timestamp must specify a time no more than two hours in the future.',
    );
}

function putDatum(store: MetricStore, namespace: string, datum: MetricDatum, now: number): void {
  store.put(
    { ...fromWireMetric(datum), namespace },
    {
      unit: datum.Unit ?? 'None',
      timestamp: datum.Timestamp === undefined ? now : datum.Timestamp * 1000,
      storageResolutionSeconds: datum.StorageResolution === 1 ? 1 : 60,
      add: (distribution) => addDatum(distribution, datum),
    },
  );
}

function addDatum(distribution: Distribution, { Value, Values, Counts, StatisticValues: set }: MetricDatum): void {
  if (Value !== undefined) distribution.add(Value);
  for (const [index, value] of (Values ?? []).entries()) distribution.add(value, Counts?.[index] ?? 1);
  if (!set) return;
  distribution.addStatistics({
    sampleCount: set.SampleCount,
    sum: set.Sum,
    minimum: set.Minimum,
    maximum: set.Maximum,
  });
}

function invalid(message: string): ApiError {
  return new ApiError('InvalidParameterValueException', message);
}
