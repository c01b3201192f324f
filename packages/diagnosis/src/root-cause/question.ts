/** What is drawn as one box: a function, an API, a table, a bucket, a queue, a third party. */
export interface ServiceNode {
  readonly id: string;
  /** For sentences; the id where absent. */
  readonly label?: string;
}

/** `caller` calls, reads or writes `callee`. */
export interface CallEdge {
  readonly caller: string;
  readonly callee: string;
}

/** Who calls whom. */
export interface ServiceGraph {
  readonly nodes: readonly ServiceNode[];
  readonly edges: readonly CallEdge[];
}

/** One period of a metric. */
export interface MetricPoint {
  /** Start of the period, epoch milliseconds. */
  readonly timestamp: number;
  /** `null`: nothing was measured. */
  readonly value: number | null;
}

/**
 * A metric of a node. Read as more than a number: `requests` (a count a period), `errors` (a count a period), `availability` (per cent)
 * and `latency` (milliseconds). Any other metric (CPU, memory, concurrency, throttles) counts by how far it left its normal values.
 */
export interface NodeSeries {
  readonly node: string;
  readonly metric: string;
  /** As CloudWatch names it; of `latency`, the average is taken before percentiles. */
  readonly statistic: string;
  readonly points: readonly MetricPoint[];
}

/** Why does `target` behave as it does since `onset`? */
export interface RootCauseQuestion {
  readonly graph: ServiceGraph;
  /** From before the onset until now, one period for all. */
  readonly series: readonly NodeSeries[];
  /** A longer normal time of the same system, from any other time; used where the points before the onset are few. */
  readonly reference?: readonly NodeSeries[];
  readonly target: { readonly node: string; readonly metric: string };
  /** Epoch milliseconds. */
  readonly onset: number;
}
