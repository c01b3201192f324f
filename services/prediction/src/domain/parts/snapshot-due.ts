import type { PredictionState } from '@lamplighter/prediction';
import type { KnownPrediction, StoredPrediction } from '../../ports.ts';
import type { Subject } from '../subject.ts';
import { livePartOf, type Minutes, newsOver } from './live-part.ts';

/** Of more minutes than these, corrections of a long outage for example, a snapshot is the smaller write. */
const MOST_NEWS = 30;

/** Whether a prediction has to be written whole: what no live part holds has changed, every five minutes and at the hour, or it cannot hold all that is new. */
export function isSnapshotDue(
  subject: Subject,
  { stored, snapshot }: KnownPrediction,
  next: StoredPrediction,
): boolean {
  if (stored === undefined || snapshot.minutes === undefined) return true;
  const was = slowParts(stored);
  if (slowParts(next).some((part, at) => part !== was[at])) return true;
  const held = new Set(livePartOf(subject, next, snapshot.minutes).minutes.map(({ start }) => start));
  const news = newsOver(snapshot.minutes, next.state.load.minutes);
  return news.length > MOST_NEWS || news.some(({ start }) => !held.has(start));
}

/** Nothing is lost with a live part that knows no more than its snapshot but quiet minutes: a minute that is not there was quiet. */
export const isExpendable = ({ untold, state }: StoredPrediction, snapshot: Minutes | undefined): boolean =>
  untold.length === 0 &&
  newsOver(snapshot, state.load.minutes).every(
    ({ start, load }) => load.calls === 0 && snapshot?.[start] === undefined,
  );

const slowParts = ({ state, codeSamples, advice }: StoredPrediction): readonly unknown[] => [
  ...slowPartsOf(state),
  codeSamples,
  advice,
];

const slowPartsOf = ({ records, forecasts, fitted, load }: PredictionState): readonly unknown[] => [
  records,
  forecasts,
  fitted,
  load.settledUntil,
  load.fives,
  load.hours,
  load.surges,
];
