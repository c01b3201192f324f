import type { FunctionState } from '@lamplighter/diagnosis';
import { firstSeen } from '../domain/changes/first-seen.ts';
import { changesBetween } from '../domain/changes/released.ts';
import type { FunctionNews } from '../domain/news/function-news.ts';
import type { ChangePort, StoredAssessment } from '../ports.ts';

export interface NotingDeps {
  readonly changes: Pick<ChangePort, 'note'>;
}

/**
 * Keeps what was changed at a function: as calls of Lambda's API tell it, as the function says of itself since it was last looked at, and as its calls show. Before the
 * assessment is written: what is noted twice is noted once, and what is not noted would be known no more.
 */
export async function noteChanges(
  news: FunctionNews,
  stored: StoredAssessment | undefined,
  next: Pick<StoredAssessment, 'released'> & { readonly state: FunctionState },
  { changes }: NotingDeps,
): Promise<void> {
  const found = [
    ...news.changes,
    ...changesBetween(news, stored?.released, next.released),
    ...(stored === undefined ? [] : firstSeen(news, stored, next.state)),
  ];
  if (found.length > 0) await changes.note(found);
}
