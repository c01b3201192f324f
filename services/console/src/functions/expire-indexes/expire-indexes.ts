import { expiredIndexes } from '../../domain/index-name.ts';
import type { SearchIndexPort } from '../../ports.ts';

export interface ExpireIndexesDeps {
  readonly index: Pick<SearchIndexPort, 'names' | 'drop'>;
  readonly days: number;
  readonly now: () => number;
}

/** Drops the indexes of days that are over: collections for searching have no lifecycle of their own. Gives their names. */
export async function expireIndexes({ index, days, now }: ExpireIndexesDeps): Promise<readonly string[]> {
  const expired = expiredIndexes(await index.names(), days, now());
  for (const name of expired) await index.drop(name);
  return expired;
}
