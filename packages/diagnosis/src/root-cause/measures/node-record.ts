import type { MetricPoint, NodeSeries } from '../question.ts';

/** What was measured of a node in one period; `null`: not known. */
export interface Measures {
  readonly requests: number | null;
  /** At most `requests` where these are known. */
  readonly errors: number | null;
  readonly latencyMs: number | null;
}

/** Values of one series by the start of their period; hostile values are left out. */
export type ValuesByTime = ReadonlyMap<number, number>;

/** All series of a node: `<metric>` or, of gauges and latency, `<metric> <statistic>`. */
export interface NodeRecord {
  readonly at: (timestamp: number) => Measures;
  readonly timestamps: readonly number[];
  readonly gauges: ReadonlyMap<string, ValuesByTime>;
}

const LATENCY_STATISTICS = ['Average', 'p50', 'p90', 'p95', 'p99'];
const MOST = 1e100;
const NONE: ValuesByTime = new Map();

/** The series by their nodes, read as requests, errors, latency and gauges. */
export function recordNodes(series: readonly NodeSeries[]): ReadonlyMap<string, NodeRecord> {
  return new Map([...Map.groupBy(series, ({ node }) => node)].map(([node, own]) => [node, record(own)]));
}

function record(series: readonly NodeSeries[]): NodeRecord {
  const values = (metric: string): ValuesByTime => readPoints(series.filter((each) => each.metric === metric));
  const requests = values('requests');
  const errors = values('errors');
  const availability = values('availability');
  const latency = readPoints(bestLatency(series));
  return {
    timestamps: [...new Set([...requests.keys(), ...errors.keys(), ...availability.keys(), ...latency.keys()])],
    at: (timestamp) => ({
      requests: requests.get(timestamp) ?? null,
      errors: countErrors(requests.get(timestamp), errors.get(timestamp), availability.get(timestamp)),
      latencyMs: latency.get(timestamp) ?? null,
    }),
    gauges: new Map(series.filter(isGauge).map((each) => [`${each.metric} ${each.statistic}`, readPoints([each])])),
  };
}

function bestLatency(series: readonly NodeSeries[]): readonly NodeSeries[] {
  const latencies = series.filter(({ metric }) => metric === 'latency');
  const best = LATENCY_STATISTICS.map((name) => latencies.find(({ statistic }) => statistic === name)).find(
    (found) => found?.points.some(isUsable) === true,
  );
  return best === undefined ? [] : [best];
}

function countErrors(requests?: number, errors?: number, availability?: number): number | null {
  if (errors !== undefined) return requests === undefined ? errors : Math.min(errors, requests);
  if (requests === undefined || availability === undefined) return null;
  return (requests * (100 - Math.min(100, availability))) / 100;
}

function readPoints(series: readonly NodeSeries[]): ValuesByTime {
  const points = series.flatMap((each) => each.points).filter(isUsable);
  return points.length === 0 ? NONE : new Map(points.map(({ timestamp, value }) => [timestamp, value]));
}

function isUsable(point: MetricPoint): point is MetricPoint & { value: number } {
  return point.value !== null && point.value >= 0 && point.value <= MOST;
}

function isGauge({ metric }: NodeSeries): boolean {
  return !['requests', 'errors', 'availability', 'latency'].includes(metric);
}
