import { InputError } from '../input-error.ts';
import type { ReplaySource } from './input/replay-source.ts';

/** What ingestion watches unless it is told otherwise. */
const DEFAULT_PREFIX = '/aws/lambda/';

/**
 * The setting that makes ingestion subscribe the log groups of some logs: none where all are named as Lambda names them. Throws
 * {@link InputError} for groups whose names begin differently: ingestion watches one prefix.
 */
export function watchedPrefixOf(sources: readonly Pick<ReplaySource, 'logGroup'>[]): {
  watchedLogGroupPrefix?: string;
} {
  const groups = sources.map(({ logGroup }) => logGroup);
  if (groups.every((group) => group.startsWith(DEFAULT_PREFIX))) return {};
  const watchedLogGroupPrefix = groups.reduce(commonPrefix);
  if (watchedLogGroupPrefix !== '') return { watchedLogGroupPrefix };
  const names = [...new Set(groups)].join(', ');
  throw new InputError('usage', `The names of ${names} begin differently.`, 'Replay them one after the other.');
}

function commonPrefix(a: string, b: string): string {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length++;
  return a.slice(0, length);
}
