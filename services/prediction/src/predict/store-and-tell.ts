import type { EventEntry } from '@lamplighter/contracts';
import { LamplighterError } from '@lamplighter/lambda-kit';
import { type Subject, subjectKey } from '../domain/subject.ts';
import type { PredictionPort, PredictionRows, PublishPort, StoredPrediction } from '../ports.ts';

export interface StoreDeps {
  readonly predictions: PredictionPort;
  readonly publish: PublishPort;
  readonly now: () => number;
}

/** What a subject becomes, and what is to be told of it. */
export interface Foreseen {
  readonly next: Omit<StoredPrediction, 'untold'>;
  readonly entries: readonly EventEntry[];
  readonly rows: PredictionRows;
}

const MAX_TRIES = 10;

/**
 * Reads a subject, foresees it, stores it, tells, notes that it was told. Who dies in between is followed by a repetition of the same news, which changes nothing
 * and tells what is still untold. @throws LamplighterError `PREDICTION_CONTENDED`
 */
export async function storeAndTell(
  subject: Subject,
  foresee: (stored: StoredPrediction | undefined, now: number) => Promise<Foreseen>,
  deps: StoreDeps,
): Promise<void> {
  for (let tries = 0; tries < MAX_TRIES; tries++) {
    if (await tryOnce(subject, foresee, deps)) return;
  }
  const message = `Others forecast ${subjectKey(subject)} ${MAX_TRIES} times in a row; the news come again.`;
  throw new LamplighterError('PREDICTION_CONTENDED', message);
}

async function tryOnce(
  subject: Subject,
  foresee: (stored: StoredPrediction | undefined, now: number) => Promise<Foreseen>,
  { predictions, publish, now: clock }: StoreDeps,
): Promise<boolean> {
  const now = clock();
  const known = await predictions.read(subject);
  const { next, entries, rows } = await foresee(known.stored, now);
  const untold = [...(known.stored?.untold ?? []), ...entries];
  if (next.state === known.stored?.state && untold.length === 0) return true;
  const told = { ...next, untold };
  const written = await predictions.write(subject, known, told, { rows, now });
  if (written === 'conflict') return false;
  if (untold.length === 0) return true;
  await publish(untold);
  // Whoever wrote since then has taken the untold over, and tells them once more: with the same keys.
  await predictions.write(subject, written, { ...told, untold: [] }, { rows: {}, now });
  return true;
}
