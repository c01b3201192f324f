import type * as z from 'zod';
import type { HostService } from '../host.ts';
import { PluginError } from '../plugin-error.ts';
import { LamplighterOptions } from './lamplighter-options.ts';

/**
 * Reads `custom.lamplighter`; a key without a value is one that is absent, as for the frameworks. Throws {@link PluginError} for what the
 * schema does not allow, whatever the service's `configValidationMode`: an option that was misspelt and silently ignored would leave
 * functions unwatched.
 */
export function readOptions(custom: HostService['custom']): LamplighterOptions {
  const misspelt = Object.keys(custom ?? {}).find((key) => key !== 'lamplighter' && MEANS_US.test(key));
  if (misspelt !== undefined)
    throw new PluginError(
      'LAMPLIGHTER_OPTIONS',
      `custom.${misspelt} is read by nobody: the options of serverless-lamplighter are under custom.lamplighter.`,
    );
  const parsed = LamplighterOptions.safeParse(withoutNulls(custom?.lamplighter) ?? {});
  if (parsed.success) return parsed.data;
  const { path, message } = narrowest(parsed.error.issues, ['custom', 'lamplighter']);
  throw new PluginError(
    'LAMPLIGHTER_OPTIONS',
    `${path.join('.')}: ${message}. The options are described in the README of serverless-lamplighter.`,
  );
}

const MEANS_US = /^(serverless[-_]?)?lamp[-_]?lighter$/i;

function withoutNulls(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(withoutNulls);
  const given = Object.entries(value).filter(([, each]) => each !== null);
  return Object.fromEntries(given.map(([key, each]) => [key, withoutNulls(each)]));
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
