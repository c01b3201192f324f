import type { HostService } from './host.ts';

/**
 * Asks the framework to trace every function that says nothing about it itself, as if `tracing: Active` stood there: it also writes the
 * permission into the role that it makes. Gives the functions whose role is their own, which has to allow it by itself.
 */
export function turnTracingOn({ functions = {}, provider }: HostService): readonly string[] {
  if (provider.tracing?.lambda !== undefined) return [];
  const silent = Object.entries(functions).filter(([, fn]) => fn.tracing === undefined);
  for (const [, fn] of silent) fn.tracing = 'Active';
  return silent.filter(([, fn]) => fn.role !== undefined || provider.role !== undefined).map(([name]) => name);
}
