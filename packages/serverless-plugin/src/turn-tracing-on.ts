import type { HostFunction, HostService } from './host.ts';

/**
 * Asks the framework to trace every function that says nothing about it itself, as if `tracing: Active` stood there: it also writes the
 * permission into the role that it makes. Not those that CloudFront calls at the edge, where there is no X-Ray (CloudFront Developer Guide,
 * "Restrictions on Lambda@Edge"). Gives the functions whose role is their own, which has to allow it by itself.
 */
export function turnTracingOn({ functions = {}, provider }: HostService): readonly string[] {
  if (provider.tracing?.lambda !== undefined) return [];
  const silent = Object.entries(functions).filter(([, fn]) => fn.tracing === undefined && !isAtEdge(fn));
  for (const [, fn] of silent) fn.tracing = 'Active';
  return silent.filter(([, fn]) => hasOwnRole(fn, provider)).map(([name]) => name);
}

const isAtEdge = ({ events = [] }: HostFunction): boolean =>
  events.some((event) => typeof event === 'object' && event !== null && 'cloudFront' in event);

/** As `getCustomExecutionRole` of the frameworks: the function's role, `provider.iam.role` where it is no description of one, `provider.role` of old. */
const hasOwnRole = ({ role }: HostFunction, provider: HostService['provider']): boolean =>
  Boolean(role) || isExistingRole(provider.iam?.role) || provider.role !== undefined;

const isExistingRole = (role: unknown): boolean =>
  typeof role === 'string' ||
  (typeof role === 'object' && role !== null && Object.keys(role).some((key) => key.includes('::')));
