import { ANOMALY_THRESHOLD, defaultDetector } from '@lamplighter/time-series';
import type { SeriesRow } from './series-csv.ts';

export interface DetectedSeries {
  /** `timestamp,value,anomaly_score,label`, a row for each row given. */
  readonly csv: string;
  readonly rows: number;
  readonly anomalies: number;
  /** Rows that were judged: neither refused nor of the first ones, which are only learnt from. */
  readonly judged: number;
  /** Rows that were not judged, by reason: missing, not-finite, too-large, out-of-order. */
  readonly unjudged: Readonly<Record<string, number>>;
}

const UNJUDGED = new Set(['missing', 'not-finite', 'too-large', 'out-of-order']);

/** Scores a series with the default detector, row by row, never looking ahead. */
export function detectSeries(rows: readonly SeriesRow[]): DetectedSeries {
  const lines = ['timestamp,value,anomaly_score,label'];
  const unjudged: Record<string, number> = {};
  let state = defaultDetector.init();
  let anomalies = 0;
  let judged = 0;
  for (const { timestampText, valueText, point } of rows) {
    const verdict = defaultDetector.update(state, point);
    state = verdict.state;
    const label = verdict.score >= ANOMALY_THRESHOLD ? 1 : 0;
    anomalies += label;
    if (verdict.kind !== undefined && UNJUDGED.has(verdict.kind))
      unjudged[verdict.kind] = (unjudged[verdict.kind] ?? 0) + 1;
    else if (verdict.kind !== 'warming-up') judged += 1;
    lines.push(`${timestampText},${valueText},${verdict.score},${label}`);
  }
  return { csv: `${lines.join('\n')}\n`, rows: rows.length, anomalies, judged, unjudged };
}
