import type { Finding, FindingClass } from '@lamplighter/contracts';

/** What of a function's minutes shows a finding. */
export type Signal = 'calls' | 'latency' | 'memory' | 'cold-starts' | 'concurrency' | 'cost';

/**
 * What is not shown by its calls and failures. Of what no minute knows (throttles, the age of a stream's records) it is what they come from, or bring
 * with them.
 */
const SIGNALS: Readonly<Partial<Record<FindingClass, Signal>>> = {
  'out-of-memory': 'memory',
  throttling: 'concurrency',
  'slow-down': 'latency',
  'dependency-slow': 'latency',
  'cold-starts': 'cold-starts',
  'timeout-risk': 'latency',
  'out-of-memory-risk': 'memory',
  'memory-leak': 'memory',
  'throttling-ahead': 'concurrency',
  'cost-anomaly': 'cost',
  'over-provisioned': 'memory',
  'right-size': 'cost',
};

/** Classes that are found in several ways: which of them it was, the first metric of the evidence says. */
const FOUND_IN_SEVERAL_WAYS = new Set<FindingClass>(['bad-deploy', 'connection-pressure']);

/** The signal of a finding; also of a class that is of a newer release than this page. */
export function signalOf({ class: kind, evidence }: Pick<Finding, 'class' | 'evidence'>): Signal {
  const metric = FOUND_IN_SEVERAL_WAYS.has(kind) ? (evidence[0]?.metric ?? '') : '';
  if (metric.startsWith('duration') || metric === 'self time') return 'latency';
  return metric.startsWith('init') ? 'cold-starts' : (SIGNALS[kind] ?? 'calls');
}
