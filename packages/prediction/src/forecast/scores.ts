import { isWorseThanNaive, LEAST_POINTS } from './blend.ts';
import { type ForecastScore, scoreOf, type TrackRecord } from './track-record.ts';

/** How good the forecasts of a series were, and which ways of forecasting are used on it. */
export interface SeriesScores {
  readonly recent?: ForecastScore;
  /** Newest day first. */
  readonly days: readonly (ForecastScore & { readonly day: string })[];
  readonly ways: readonly {
    readonly name: string;
    readonly points: number;
    /** Error over the naive way's on the same points. */
    readonly ratioToNaive: number;
    readonly isUsed: boolean;
  }[];
}

/** The record as it is shown. Ways without enough points to judge them are used. */
export function scoresOf(record: TrackRecord): SeriesScores {
  const recent = scoreOf(record);
  const days = (record.days ?? []).flatMap((tally) => {
    const score = scoreOf(tally);
    return score === undefined ? [] : [{ day: tally.day, ...score }];
  });
  const ways = Object.entries(record.candidates).map(([name, tally]) => ({
    name,
    points: Math.round(tally.points),
    ratioToNaive: tally.naiveError > 0 ? tally.error / tally.naiveError : tally.error > 0 ? Number.MAX_VALUE : 1,
    isUsed: name === 'naive' || tally.points < LEAST_POINTS || !isWorseThanNaive(tally),
  }));
  return { ...(recent !== undefined && { recent }), days: days.toReversed(), ways };
}
