import { gunzipSync, gzipSync } from 'node:zlib';
import { type LoadState, newPredictionState } from '@lamplighter/prediction';
import { joinLive, joinStrayLive, type LivePart, livePartOf } from '../domain/parts/live-part.ts';
import { isExpendable, isSnapshotDue } from '../domain/parts/snapshot-due.ts';
import type { Subject } from '../domain/subject.ts';
import type { KnownPrediction, StoredPrediction } from '../ports.ts';
import { historyKey, liveKey, stateKey } from './prediction-keys.ts';

export type Row = Record<string, unknown>;

/** A prediction is kept so long after the last window. */
const KEEP_SECONDS = 400 * 86_400;
/** An account reads the minutes of all of its functions: of those that fell silent it does so for a day. */
const QUIET_SECONDS = 86_400;

/** An item and, where it depends on what is there, the version that it has to be written over; 0: none. */
interface ItemToWrite {
  readonly item: Row;
  readonly over?: number;
}

interface WriteOptions {
  /** Others that are written together with it. */
  readonly rows: readonly Row[];
  readonly now: number;
}

/** What a prediction becomes in the table: its live part alone in most minutes, else everything that changed. */
export function itemsToWrite(
  subject: Subject,
  known: KnownPrediction,
  next: StoredPrediction,
  { rows, now }: WriteOptions,
): { readonly items: readonly ItemToWrite[]; readonly after: KnownPrediction } {
  const version = 1 + Math.max(known.version, known.snapshot.version);
  const { minutes } = next.state.load;
  const isWhole = rows.length > 0 || isSnapshotDue(subject, known, next);
  const snapshot = isWhole ? { version, minutes } : known.snapshot;
  const seconds = isExpendable(next, snapshot.minutes) ? QUIET_SECONDS : KEEP_SECONDS;
  const live = {
    ...liveKey(subject),
    version,
    basis: snapshot.version,
    minutes: zipped(livePartOf(subject, next, snapshot.minutes)),
    expiresAt: expiry(now, seconds),
  };
  const items: ItemToWrite[] = [{ item: live, over: known.version }];
  if (isWhole) {
    items.push({ item: snapshotRow(subject, next, { version, now }), over: known.snapshot.version });
    if (isSettledAnew(known, next)) items.push({ item: historyRow(subject, next, now) });
    items.push(...rows.map((item) => ({ item })));
  }
  return { items, after: { stored: next, version, snapshot } };
}

/** With what a live part replaces: earlier releases read nothing else. */
function snapshotRow(
  subject: Subject,
  next: StoredPrediction,
  { version, now }: { version: number; now: number },
): Row {
  const { fives, hours, surges, ...load } = next.state.load;
  const prediction = zipped({ ...next, untold: [], state: { ...next.state, load } });
  return { ...stateKey(subject), version, prediction, expiresAt: expiry(now, KEEP_SECONDS) };
}

function historyRow(subject: Subject, { state }: StoredPrediction, now: number): Row {
  const { fives, hours, surges } = state.load;
  const settled: Settled = { fives, hours, surges };
  return { ...historyKey(subject), history: zipped(settled), expiresAt: expiry(now, KEEP_SECONDS) };
}

/** Hours were settled since it was read, or what was settled before cannot be continued. */
const isSettledAnew = ({ stored, snapshot }: KnownPrediction, { state: { load } }: StoredPrediction): boolean =>
  snapshot.minutes === undefined || load.settledUntil !== stored?.state.load.settledUntil;

interface StoredLive {
  readonly version: number;
  readonly basis: number;
  readonly part: LivePart;
}

/** Earlier releases wrote rows that hold nothing but minutes for the account, and have no version. */
export function liveIn(row: Row | undefined): StoredLive | undefined {
  if (row === undefined || typeof row.version !== 'number') return undefined;
  return { version: row.version, basis: Number(row.basis), part: unzipped<LivePart>(row.minutes) };
}

interface Parts {
  readonly live: StoredLive | undefined;
  readonly snapshot: Row | undefined;
  readonly history: Row | undefined;
}

/** A state of another version cannot be continued: the subject is learnt anew; what is untold stays. */
export function joined({ live, snapshot, history }: Parts): KnownPrediction {
  const version = live?.version ?? 0;
  if (snapshot === undefined) return { version, snapshot: { version: 0 } };
  const stored = unzipped<StoredPrediction>(snapshot.prediction);
  const basis = Number(snapshot.version);
  const fresh = newPredictionState();
  if (stored.state.version !== fresh.version || history === undefined) {
    const untold = [...stored.untold, ...(live?.part.untold ?? [])];
    return { version, snapshot: { version: basis }, stored: { ...stored, untold, state: fresh } };
  }
  const load = { ...stored.state.load, ...unzipped<Settled>(history.history) };
  const whole = { ...stored, state: { ...stored.state, load } };
  const join = live?.basis === basis ? joinLive : joinStrayLive;
  return {
    version,
    snapshot: { version: basis, minutes: load.minutes },
    stored: live === undefined ? whole : join(whole, live.part),
  };
}

type Settled = Pick<LoadState, 'fives' | 'hours' | 'surges'>;

const expiry = (now: number, seconds: number): number => Math.floor(now / 1000) + seconds;
const zipped = (value: unknown): Uint8Array => gzipSync(JSON.stringify(value));
export const unzipped = <T>(bytes: unknown): T => JSON.parse(gunzipSync(bytes as Uint8Array).toString()) as T;
