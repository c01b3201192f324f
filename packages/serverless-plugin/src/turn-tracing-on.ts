import type { HostFunction, HostService } from './host.ts';

/**
 * Asks the framework to trace every function that says nothing about it itself, as if `tracing: Active` stood there: it also writes the
 * permission into the role that it makes. Not those that CloudFront calls at the edge, where there is no X-Ray (CloudFront Developer Guide,
 * "Restrictions on Lambda@Edge"). Gives the functions that it asked for.
 */
export function turnTracingOn({ functions = {}, provider }: HostService): readonly string[] {
  if (provider.tracing?.lambda !== undefined) return [];
  const silent = Object.entries(functions).filter(([, fn]) => fn.tracing === undefined && !isAtEdge(fn));
  for (const [, fn] of silent) fn.tracing = 'Active';
  return silent.map(([name]) => name);
}

const isAtEdge = ({ events = [] }: HostFunction): boolean =>
  events.some((event) => typeof event === 'object' && event !== null && 'cloudFront' in event);
