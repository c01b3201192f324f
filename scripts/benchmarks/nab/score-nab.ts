import { OUTSIDE, PROBATION, type WeighedRows } from './weigh-rows.ts';

/** What a profile of NAB counts for a window that is found, a false detection, and a window that is missed. */
export interface CostProfile {
  readonly found: number;
  readonly falseDetection: number;
  readonly missed: number;
}

/** NAB's three application profiles (its config/profiles.json). */
export const PROFILES = {
  standard: { found: 1, falseDetection: 0.11, missed: 1 },
  lowFp: { found: 1, falseDetection: 0.22, missed: 1 },
  lowFn: { found: 1, falseDetection: 0.11, missed: 2 },
} as const satisfies Readonly<Record<string, CostProfile>>;

export interface ScoredFile extends WeighedRows {
  /** Anomaly score of each row; a row is detected when it is at the threshold or above. */
  readonly scores: Float64Array;
}

/** What one threshold for all files is worth: 100 where every window is found in its first row and nothing else is detected, 0 where nothing is. */
export function scoreAt(files: readonly ScoredFile[], profile: CostProfile, threshold: number): number {
  const reached = totals(files, profile).filter((total) => total.threshold >= threshold);
  return normalise(reached.at(-1)!.total, files, profile);
}

/** The same for the best threshold, which is how NAB's scoreboard is made: found with the labels known. */
export function bestScore(files: readonly ScoredFile[], profile: CostProfile): number {
  const best = totals(files, profile).reduce((most, { total }) => Math.max(most, total), -Infinity);
  return normalise(best, files, profile);
}

/** The weighted counts at every threshold that changes something, from the one at which nothing is detected downwards. */
function totals(files: readonly ScoredFile[], profile: CostProfile): readonly { threshold: number; total: number }[] {
  const rows = countedRows(files);
  const worth = new Map(rows.flatMap(({ window }) => (window === undefined ? [] : [[window, -profile.missed]])));
  let total = [...worth.values()].reduce((sum, each) => sum + each, 0);
  const found = [{ threshold: Infinity, total }];
  for (const [index, { score, window, value }] of rows.entries()) {
    if (window === undefined) total += profile.falseDetection * value;
    else {
      // A window is worth its earliest detection.
      const best = Math.max(worth.get(window)!, profile.found * value);
      total += best - worth.get(window)!;
      worth.set(window, best);
    }
    if (rows[index + 1]?.score !== score) found.push({ threshold: score, total });
  }
  return found;
}

interface CountedRow {
  readonly score: number;
  readonly value: number;
  /** Of its file; undefined outside of any. */
  readonly window: string | undefined;
}

/** Rows behind the probation of their files, the highest score first. */
function countedRows(files: readonly ScoredFile[]): readonly CountedRow[] {
  return files
    .flatMap(({ scores, window, value }, file) =>
      [...scores].flatMap((score, row): CountedRow[] =>
        window[row] === PROBATION
          ? []
          : [{ score, value: value[row]!, window: window[row] === OUTSIDE ? undefined : `${file}/${window[row]}` }],
      ),
    )
    .sort((a, b) => b.score - a.score);
}

function normalise(total: number, files: readonly ScoredFile[], { found, missed }: CostProfile): number {
  const windows = files.reduce((sum, file) => sum + file.windows, 0);
  return (100 * (total + missed * windows)) / ((found + missed) * windows);
}
