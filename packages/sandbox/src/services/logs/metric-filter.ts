import type { MetricsPeer } from '../cloudwatch/metrics-peer.ts';
import type { StoredEvent } from './event-log.ts';
import type { FilterPattern } from './filter-pattern/filter-pattern.ts';

export interface MetricTransformation {
  readonly metricName: string;
  readonly metricNamespace: string;
  /** A number, or the field that holds it: `$.latency`, `$bytes`. */
  readonly metricValue: string;
  readonly defaultValue?: number;
  readonly dimensions?: Readonly<Record<string, string>>;
  readonly unit?: string;
}

export interface MetricFilter {
  readonly name: string;
  readonly filterPattern: string;
  readonly pattern: FilterPattern;
  readonly createdAt: number;
  readonly transformations: readonly MetricTransformation[];
  /** The last minute in which the filter published anything: a default value stands only for a minute without a match. */
  publishedMinute: number;
}

/** Publishes what a metric filter sees in newly ingested events, at the events' own times. */
export function publishMatches(filter: MetricFilter, events: readonly StoredEvent[], metrics: MetricsPeer): void {
  const matching = events.filter(({ message }) => filter.pattern.matches(message));
  for (const event of matching) {
    for (const transformation of filter.transformations) publishOne(filter, transformation, event, metrics);
  }
  const latest = (matching.at(-1) ?? events.at(-1))?.timestamp ?? 0;
  const minute = Math.floor(latest / 60_000);
  if (matching.length === 0 && minute > filter.publishedMinute) publishDefaults(filter, latest, metrics);
  filter.publishedMinute = Math.max(filter.publishedMinute, minute);
}

function publishOne(
  filter: MetricFilter,
  transformation: MetricTransformation,
  { message, timestamp }: StoredEvent,
  metrics: MetricsPeer,
): void {
  const read = (selector: string): unknown =>
    selector.startsWith('$') ? filter.pattern.extract(message, selector) : selector;
  const value = read(transformation.metricValue);
  if (value === undefined || value === null || value === '' || !Number.isFinite(Number(value))) return;
  const dimensions: Record<string, string> = {};
  for (const [name, selector] of Object.entries(transformation.dimensions ?? {})) {
    const found = read(selector);
    if (found === undefined || found === null) return;
    dimensions[name] = String(found);
  }
  const { metricNamespace, metricName, unit = 'None' } = transformation;
  metrics.put(metricNamespace, metricName, dimensions, Number(value), unit, timestamp);
}

function publishDefaults(filter: MetricFilter, timestamp: number, metrics: MetricsPeer): void {
  for (const { defaultValue, metricNamespace, metricName, unit = 'None' } of filter.transformations) {
    if (defaultValue !== undefined) metrics.put(metricNamespace, metricName, {}, defaultValue, unit, timestamp);
  }
}
