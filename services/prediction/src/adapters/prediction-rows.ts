import { gzipSync } from 'node:zlib';
import { type Subject, subjectKey } from '../domain/subject.ts';
import type { PredictionRows } from '../ports.ts';
import { ACCOUNTS, accountPartition, breachSortKey, viewSortKey } from './prediction-keys.ts';

/** Forecasts of a function that fell silent are of no use after a month; breaches are kept for more than a year. */
const VIEW_SECONDS = 32 * 86_400;
const BREACH_SECONDS = 400 * 86_400;

/** The items that are stored with a prediction. */
export function rowsOf(
  subject: Subject,
  { view, capacity, breaches = [] }: PredictionRows,
  now: number,
): Record<string, unknown>[] {
  const pk = accountPartition(subject);
  const until = (seconds: number): number => Math.floor(now / 1000) + seconds;
  const { accountId, region, functionName, gauge } = subject;
  const rows: Record<string, unknown>[] = breaches.map((breach) => ({
    pk,
    sk: breachSortKey(breach.breachId),
    breach,
    expiresAt: until(BREACH_SECONDS),
  }));
  const shown = view ?? capacity;
  if (shown !== undefined)
    rows.push({
      pk,
      sk: viewSortKey(subject),
      view: gzipSync(JSON.stringify(shown)),
      ...(capacity?.isGone && { isGone: true }),
      expiresAt: until(VIEW_SECONDS),
    });
  // The account names itself, once every five minutes.
  if (view !== undefined && functionName === undefined && gauge === undefined)
    rows.push({ pk: ACCOUNTS, sk: subjectKey(subject), accountId, region, expiresAt: until(BREACH_SECONDS) });
  return rows;
}
