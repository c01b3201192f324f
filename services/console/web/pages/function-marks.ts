import type { ChangeItem } from '../../src/domain/change-item.ts';
import type { FunctionView } from '../../src/domain/function-view.ts';
import type { RemediationItem } from '../../src/domain/list-items.ts';

/** Something that was changed at a function, as its charts mark it. */
export interface Mark {
  readonly at: number;
  readonly what: string;
}

const CHANGED = new Set<RemediationItem['state']>(['applying', 'verifying', 'kept', 'rolled-back', 'failed']);

/** Versions that began, deploys and settings, and repairs that changed something, within the time that is shown; oldest first. */
export function marksOf(
  { since, until, stepMs, versions }: Pick<FunctionView, 'since' | 'until' | 'stepMs' | 'versions'>,
  repairs: readonly Pick<RemediationItem, 'plannedAt' | 'state' | 'title' | 'untouched'>[],
  changes: readonly Pick<ChangeItem, 'at' | 'text'>[],
): Mark[] {
  // What the first call is of may be of any age: a function that rests, as most do, began with no deploy when it is called again.
  const begin = Math.max(since + stepMs, Math.min(...versions.map(({ firstSeen }) => firstSeen)));
  const marks = [
    ...versions
      .filter(({ firstSeen }) => firstSeen > begin)
      .map(({ version, firstSeen }) => ({ at: firstSeen, what: `version ${version}` })),
    ...repairs
      .filter(({ state, untouched }) => CHANGED.has(state) && untouched !== true)
      .map(({ plannedAt, title }) => ({ at: plannedAt, what: title })),
    ...changes.map(({ at, text }) => ({ at, what: text })),
  ];
  return marks.filter(({ at }) => at >= since && at <= until).sort((a, b) => a.at - b.at);
}
