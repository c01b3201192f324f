import { sayDuration, sayNumber, sayPercentage, sayTime } from '../say.ts';
import type { SegmentChange } from './compare-segments.ts';

/** A plain sentence: whose own time or errors grew, from what to what, since when, and what of the trouble that is. */
export function explainSegment(change: Omit<SegmentChange, 'sentence'>): string {
  const parts: string[] = [];
  if (change.explainedShare > 0)
    parts.push(
      `spends ${sayDuration(change.selfAfterMs)} itself in place of ${sayDuration(change.selfBeforeMs)} a trace since ${sayTime(change.since)}, ${sayPercentage(change.explainedShare)} of the delay`,
    );
  if (change.explainedErrorShare > 0)
    parts.push(
      `has ${sayNumber(change.errorsAfter)} errors of its own a trace in place of ${sayNumber(change.errorsBefore)}, ${sayPercentage(change.explainedErrorShare)} of the additional errors`,
    );
  return `${change.service} (${change.name}) ${parts.join('; it ')}.`;
}
