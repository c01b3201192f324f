import type { ServiceContext } from '../../../core/service.ts';
import type { FunctionTarget } from '../functions/function-store.ts';
import type { Concurrency } from './concurrency.ts';

/** `AWS/Lambda` metrics that describe a function's invocations. */
export interface MetricDatum {
  readonly metricName: string;
  readonly value: number;
  readonly unit?: 'Count' | 'Milliseconds';
  /** Epoch milliseconds; errors carry the time of the invocation, not of the error. */
  readonly at?: number;
}

export type PutFunctionMetric = (target: FunctionTarget, datum: MetricDatum) => void;

/** Puts a datum with Lambda's three sets of dimensions: per function, per function and resource (`name:alias`), and over all. */
export function functionMetrics(context: ServiceContext): PutFunctionMetric {
  return (target, { metricName, value, unit = 'Count', at }) => {
    const { name } = target.record;
    const resource = target.qualifier ? `${name}:${target.qualifier}` : name;
    for (const dimensions of [{ FunctionName: name }, { FunctionName: name, Resource: resource }, {}]) {
      context.peers.metrics.put('AWS/Lambda', metricName, dimensions, value, unit, at ?? context.clock.now());
    }
  };
}

/** Puts what the account's concurrency stands at: without dimensions, since it is of the Region. */
export function accountMetrics({ peers, clock }: ServiceContext, concurrency: Concurrency): () => void {
  const put = (name: string, value: number) => peers.metrics.put('AWS/Lambda', name, {}, value, 'Count', clock.now());
  return () => {
    put('UnreservedConcurrentExecutions', concurrency.unreservedRunning);
    put('ClaimedAccountConcurrency', concurrency.claimed);
  };
}
