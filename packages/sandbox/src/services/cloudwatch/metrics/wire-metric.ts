import type { Dimensions, MetricIdentity } from './metric-store.ts';

/** A dimension as the API writes it. */
export interface WireDimension {
  readonly Name: string;
  readonly Value: string;
}

/** A metric as the API writes it. */
export interface WireMetric {
  readonly Namespace?: string;
  readonly MetricName?: string;
  readonly Dimensions?: readonly WireDimension[];
}

export function fromWireDimensions(dimensions: readonly WireDimension[] = []): Dimensions {
  return Object.fromEntries(dimensions.map(({ Name, Value }) => [Name, Value]));
}

export function toWireDimensions(dimensions: Dimensions): readonly WireDimension[] {
  return Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }));
}

export function fromWireMetric({ Namespace = '', MetricName = '', Dimensions }: WireMetric): MetricIdentity {
  return { namespace: Namespace, metricName: MetricName, dimensions: fromWireDimensions(Dimensions) };
}
