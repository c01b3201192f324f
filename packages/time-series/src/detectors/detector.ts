/** A datapoint of a series: epoch milliseconds, and what was measured; null where the source says that nothing was. */
export interface DetectorPoint {
  readonly timestamp: number;
  readonly value: number | null;
  /** Of how many the value is a part, where it counts failures. */
  readonly trials?: number;
}

/** What an anomaly looks like. */
export type AnomalyKind =
  | 'spike'
  | 'unusual-value'
  | 'unusual-for-the-time'
  | 'unusual-transition'
  | 'level-shift'
  | 'variance-change'
  | 'drop-to-nothing'
  | 'flat-line'
  | 'missing-data';

/** What a point says without being judged: it has score 0 and teaches the detector nothing. */
export type UnjudgedKind = 'warming-up' | 'missing' | 'not-finite' | 'too-large' | 'not-a-count' | 'out-of-order';

/** The verdict about one point, and the state to give with the next one. */
export interface Verdict<State> {
  readonly state: State;
  /** 0 ordinary, 1 as unlikely as can be; comparable between series and detectors. */
  readonly score: number;
  /** What stands out, or why the point was not judged; absent for an ordinary point. */
  readonly kind?: AnomalyKind | UnjudgedKind;
}

/**
 * A detector is a value: the same points give the same verdicts, on every machine, whatever the JSON round trips between them.
 * It has no clock, does no I/O and never looks ahead. A point costs O(1); the state stays below 4 KB as JSON.
 */
export interface Detector<State extends VersionedState> {
  readonly name: string;
  /** Of the state: a new one whenever states of old cannot be continued as they are. */
  readonly version: number;
  init(): State;
  /** Takes the state over: it is changed in place, and only the one in the verdict may be used afterwards. */
  update(state: State, point: DetectorPoint): Verdict<State>;
  /** A state that was stored, of this version or an older one. Throws a `RangeError` for anything else. */
  migrate(stored: unknown): State;
}

/** A state that was stored tells which version of its detector wrote it: another one cannot continue it. */
export interface VersionedState {
  readonly version: number;
}
