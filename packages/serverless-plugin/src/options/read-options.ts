import { PluginError } from '../plugin-error.ts';
import { LamplighterOptions } from './lamplighter-options.ts';

/**
 * Reads `custom.lamplighter`. Throws {@link PluginError} for what the schema does not allow, whatever the service's
 * `configValidationMode`: an option that was misspelt and silently ignored would leave functions unwatched.
 */
export function readOptions(given: unknown): LamplighterOptions {
  const parsed = LamplighterOptions.safeParse(given ?? {});
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const place = ['custom', 'lamplighter', ...(issue?.path ?? [])].join('.');
  throw new PluginError(
    'LAMPLIGHTER_OPTIONS',
    `${place}: ${issue?.message ?? 'is wrong'}. The options are described in the README of serverless-lamplighter.`,
  );
}
