import { PluginError } from './plugin-error.ts';

/** A percentage of the command line; undefined where it was not given. Throws {@link PluginError}. */
export function readMinimum(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const pct = Number(text);
  if (text.trim() !== '' && pct >= 0 && pct <= 100) return pct;
  throw new PluginError('LAMPLIGHTER_MINIMUM', `--minimum takes a percentage from 0 to 100, not ${text}.`);
}
