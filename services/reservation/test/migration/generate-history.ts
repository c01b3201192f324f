import { gzipSync } from 'node:zlib';
import { seededRandom } from '@lamplighter/sandbox';
import type { HistoryFormat } from '../../src/domain/migration/history-format.ts';
import type { RejectionCode } from '../../src/domain/migration/rejection.ts';
import { BREAKAGES, type Columns, rowTexts } from './history-rows.ts';

export interface HistoryOptions {
  readonly seed: number;
  readonly reservations: number;
  readonly files: number;
  readonly format: HistoryFormat;
  /** Shares of reservations that have an older version too, of rows that come twice, of rows that are broken. */
  readonly versionShare?: number;
  readonly duplicateShare?: number;
  readonly brokenShare?: number;
}

/** What must become of a history, known from its making and not from its reading. */
export interface HistoryTruth {
  readonly rows: number;
  readonly reservations: number;
  readonly superseded: number;
  readonly duplicates: number;
  readonly rejected: Readonly<Partial<Record<RejectionCode, number>>>;
  /** Of the newest version of each reservation. */
  readonly newest: ReadonlyMap<string, Columns>;
  /** Rows by file name. */
  readonly control: Readonly<Record<string, number>>;
}

export interface History {
  readonly files: readonly { readonly name: string; readonly body: Buffer }[];
  readonly truth: HistoryTruth;
}

/** A warehouse's history of any size, the same for the same seed: versions of one reservation lie in any files, in any order. */
export function generateHistory(options: HistoryOptions): History {
  const { reservations, files, format, versionShare = 0.1, duplicateShare = 0.03, brokenShare = 0.01 } = options;
  const random = seededRandom(options.seed);
  const lines: string[][] = Array.from({ length: files }, () => []);
  const place = (line: string): void => void lines[Math.floor(random() * files)]!.push(line);
  const newest = new Map<string, Columns>();
  const rejected: Partial<Record<RejectionCode, number>> = {};
  let [superseded, duplicates] = [0, 0];
  const put = (line: string): void => {
    place(line);
    if (random() >= duplicateShare) return;
    place(line);
    duplicates += 1;
  };
  for (let number = 0; number < reservations; number += 1) {
    const first = rowTexts(number, reservations, random);
    const hasNewer = random() < versionShare;
    const last = hasNewer ? newerVersion(first, random) : first;
    newest.set(last.confirmation, last);
    put(lineOf(last, format));
    if (hasNewer) put(lineOf(first, format));
    if (hasNewer) superseded += 1;
    if (random() >= brokenShare) continue;
    const breakage = BREAKAGES[format.rows.kind][Math.floor(random() * BREAKAGES[format.rows.kind].length)]!;
    place(breakage.breaks({ ...first, confirmation: `B${first.confirmation}` }, (columns) => lineOf(columns, format)));
    rejected[breakage.code] = (rejected[breakage.code] ?? 0) + 1;
  }
  const named = lines.map((rows, index) => ({
    name: `reservations-${String(index).padStart(4, '0')}.${format.rows.kind}.gz`,
    rows,
  }));
  const header = format.rows.kind === 'csv' ? [Object.values(format.columns).join(format.rows.delimiter)] : [];
  return {
    files: named.map(({ name, rows }) => ({ name, body: gzipSync(`${[...header, ...rows].join('\n')}\n`) })),
    truth: {
      rows: lines.reduce((sum, rows) => sum + rows.length, 0),
      reservations,
      superseded,
      duplicates,
      rejected,
      newest,
      control: Object.fromEntries(named.map(({ name, rows }) => [name, rows.length])),
    },
  };
}

/** A day later, one version up, with another price; one in four is off by then. */
function newerVersion(first: Columns, random: () => number): Columns {
  const changedAt = new Date(Date.parse(first.changedAt) + 86_400_000).toISOString();
  const status = random() < 0.25 ? 'CANCELLED' : 'CHANGED';
  return { ...first, changedAt, sequence: '2', status, afterTax: `${(random() * 2_000 + 50).toFixed(2)}` };
}

function lineOf(columns: Columns, { rows, columns: names }: HistoryFormat): string {
  const values = Object.keys(names).map((field) => columns[field as keyof Columns] ?? '');
  if (rows.kind === 'csv') return values.map((value) => quoted(value, rows.delimiter)).join(rows.delimiter);
  return JSON.stringify(Object.fromEntries(Object.values(names).map((name, index) => [name, values[index]])));
}

const quoted = (value: string, delimiter: string): string =>
  value.includes(delimiter) || value.includes('"') ? `"${value.replaceAll('"', '""')}"` : value;
