export interface MetricsPeer {
  put(
    namespace: string,
    metricName: string,
    dimensions: Readonly<Record<string, string>>,
    value: number,
    unit: string,
    timestamp?: number,
  ): void;
}
