import type { ChangeItem } from '../../src/domain/change-item.ts';
import type { FunctionView } from '../../src/domain/function-view.ts';
import type { RemediationItem } from '../../src/domain/list-items.ts';
import type { Mark } from '../parts/marks.tsx';

type Repair = Pick<
  RemediationItem,
  'plannedAt' | 'appliedAt' | 'endedAt' | 'state' | 'title' | 'untouched' | 'takenBack'
>;
type Change = Pick<ChangeItem, 'at' | 'text'>;

const CHANGED = new Set<RemediationItem['state']>([
  'applying',
  'verifying',
  'kept',
  'rolling-back',
  'rolled-back',
  'failed',
]);

/** Versions that began, deploys and settings, and repairs that changed something, within the time that is shown; oldest first. */
export function marksOf(
  { since, until, stepMs, versions }: Pick<FunctionView, 'since' | 'until' | 'stepMs' | 'versions'>,
  repairs: readonly Repair[],
  changes: readonly Change[],
): Mark[] {
  // What the first call is of may be of any age: a function that rests, as most do, began with no deploy when it is called again.
  const begin = Math.max(since + stepMs, Math.min(...versions.map(({ firstSeen }) => firstSeen)));
  const marks = [
    ...versions
      .filter(({ firstSeen }) => firstSeen > begin)
      .map(({ version, firstSeen }) => ({ at: firstSeen, what: `version ${version}` })),
    ...repairs.flatMap(repairMarks),
    ...changes.map(({ at, text }) => ({ at, what: text })),
  ];
  return within({ since, until }, marks);
}

/** What belongs beside a finding: when it began and was over, and whatever was done or changed in the time that is shown; oldest first. */
export function findingMarks(
  { openedAt, resolvedAt }: { readonly openedAt: number; readonly resolvedAt?: number | undefined },
  repairs: readonly Repair[],
  changes: readonly Change[],
  shown: Pick<FunctionView, 'since' | 'until'>,
): Mark[] {
  return within(shown, [
    { at: openedAt, what: 'began' },
    ...(resolvedAt === undefined ? [] : [{ at: resolvedAt, what: 'over' }]),
    ...repairs.flatMap(repairMarks),
    ...changes.map(({ at, text }) => ({ at, what: text })),
  ]);
}

/** When a repair was made, and when it was undone. */
function repairMarks({ state, untouched, takenBack, plannedAt, appliedAt, endedAt, title }: Repair): Mark[] {
  if (untouched || !CHANGED.has(state)) return [];
  const isUndone = (state === 'rolled-back' || takenBack) && endedAt !== undefined;
  return [
    { at: appliedAt ?? plannedAt, what: title },
    ...(isUndone ? [{ at: endedAt, what: `undone: ${title}` }] : []),
  ];
}

const within = ({ since, until }: Pick<FunctionView, 'since' | 'until'>, marks: readonly Mark[]): Mark[] =>
  marks.filter(({ at }) => at >= since && at <= until).sort((a, b) => a.at - b.at);
