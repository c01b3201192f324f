import type { MetricsPeer } from '../cloudwatch/metrics-peer.ts';

interface MetricDirective {
  readonly Namespace?: unknown;
  readonly Dimensions?: unknown;
  readonly Metrics?: unknown;
}

/**
 * Publishes the metrics of a line in the embedded metric format; any other line does nothing.
 * Format: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export function publishEmbeddedMetrics(message: string, ingestedAt: number, metrics: MetricsPeer): void {
  if (!message.includes('"CloudWatchMetrics"')) return;
  const document = parseObject(message);
  const header = asObject(document?._aws);
  if (!document || !header || !Array.isArray(header.CloudWatchMetrics)) return;
  const timestamp = typeof header.Timestamp === 'number' ? header.Timestamp : ingestedAt;
  for (const directive of header.CloudWatchMetrics)
    publishDirective(document, asObject(directive) ?? {}, timestamp, metrics);
}

function publishDirective(
  document: Readonly<Record<string, unknown>>,
  { Namespace, Dimensions, Metrics }: MetricDirective,
  timestamp: number,
  metrics: MetricsPeer,
): void {
  if (typeof Namespace !== 'string' || !Array.isArray(Metrics)) return;
  const sets = Array.isArray(Dimensions) && Dimensions.length > 0 ? Dimensions : [[]];
  const dimensionSets = sets.map((set) => dimensionsOf(document, set)).filter((set) => set !== undefined);
  for (const { Name, Unit } of Metrics) {
    const unit = typeof Unit === 'string' ? Unit : 'None';
    const values = [document[String(Name)]].flat().filter((value) => typeof value === 'number');
    for (const dimensions of dimensionSets) {
      for (const value of values) metrics.put(Namespace, String(Name), dimensions, value, unit, timestamp);
    }
  }
}

/** A set whose member the document lacks publishes nothing. */
function dimensionsOf(document: Readonly<Record<string, unknown>>, names: unknown): Record<string, string> | undefined {
  if (!Array.isArray(names) || names.some((name) => !Object.hasOwn(document, String(name)))) return undefined;
  return Object.fromEntries(names.map((name) => [String(name), String(document[String(name)])]));
}

function parseObject(message: string): Record<string, unknown> | undefined {
  try {
    return asObject(JSON.parse(message));
  } catch {
    return undefined;
  }
}

function asObject(value: unknown): Record<string, unknown> | undefined {
  return value !== null && typeof value === 'object' ? (value as Record<string, unknown>) : undefined;
}
