import type * as z from 'zod';
import { PluginError } from '../plugin-error.ts';
import { LamplighterOptions } from './lamplighter-options.ts';

/**
 * Reads `custom.lamplighter`. Throws {@link PluginError} for what the schema does not allow, whatever the service's
 * `configValidationMode`: an option that was misspelt and silently ignored would leave functions unwatched.
 */
export function readOptions(given: unknown): LamplighterOptions {
  const parsed = LamplighterOptions.safeParse(given ?? {});
  if (parsed.success) return parsed.data;
  const { path, message } = narrowest(parsed.error.issues, ['custom', 'lamplighter']);
  throw new PluginError(
    'LAMPLIGHTER_OPTIONS',
    `${path.join('.')}: ${message}. The options are described in the README of serverless-lamplighter.`,
  );
}

interface Place {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** Where several forms are allowed, the fault lies within the form that was meant: that which fails on more than its type or value as a whole. */
function narrowest(issues: readonly z.core.$ZodIssue[], above: readonly PropertyKey[]): Place {
  const [issue] = issues;
  if (issue === undefined) return { path: above, message: 'is wrong' };
  const path = [...above, ...issue.path];
  const meant = issue.code === 'invalid_union' ? issue.errors.find(isWithin) : undefined;
  return meant === undefined ? { path, message: issue.message } : narrowest(meant, path);
}

const isWithin = ([issue]: readonly z.core.$ZodIssue[]): boolean =>
  issue !== undefined && (issue.path.length > 0 || issue.code === 'unrecognized_keys');
