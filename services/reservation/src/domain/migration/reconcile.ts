import { DecimalSum, type DecimalSums } from './decimal-sums.ts';
import type { RejectionCode } from './rejection.ts';
import {
  addFates,
  type FileReport,
  type ImportReport,
  type LoadReport,
  type MergeReport,
  NO_FATES,
  type RowFates,
  type ShardReport,
} from './reports.ts';

/** What a warehouse says that it exported: rows by file. */
export type ControlTotals = Readonly<Record<string, number>>;

export interface ReconcileInput {
  readonly migrationId: string;
  /** Files of the plan. */
  readonly files: number;
  readonly shards: number;
  readonly fileReports: readonly FileReport[];
  readonly shardReports: readonly ShardReport[];
  readonly loadReports: readonly LoadReport[];
  readonly mergeReports: readonly MergeReport[];
  readonly importReport: ImportReport | undefined;
  /** Absent where the warehouse gave none. */
  readonly control: ControlTotals | undefined;
}

export interface FileLine {
  readonly key: string;
  readonly sha256: string;
  readonly rows: number;
  readonly rejected: number;
  readonly reasons: Readonly<Partial<Record<RejectionCode, number>>>;
  readonly fates: RowFates;
  readonly unreadable?: string;
}

export interface Reconciliation {
  readonly migrationId: string;
  readonly isBalanced: boolean;
  /** Sums that do not agree, in words; none where it is balanced. */
  readonly discrepancies: readonly string[];
  readonly total: {
    readonly files: number;
    readonly unreadableFiles: number;
    readonly counted: number;
    readonly rejected: number;
    readonly reasons: Readonly<Partial<Record<RejectionCode, number>>>;
    readonly loaded: number;
    readonly superseded: number;
    readonly duplicates: number;
    readonly inTable: number;
    readonly inDatabase: number;
    /** Itineraries that the live table had, and that were joined with history. */
    readonly live: number;
    readonly amounts: { readonly accepted: DecimalSums; readonly loaded: DecimalSums };
  };
  /** True where the warehouse's own totals were compared. */
  readonly isControlled: boolean;
  readonly files: readonly FileLine[];
}

/** Adds up what became of each row, and compares every sum with the one before it: source, files, shards, both stores. */
export function reconcile(input: ReconcileInput): Reconciliation {
  const { fileReports, shardReports, loadReports, importReport, control } = input;
  const lines = fileReports.map((report) => fileLine(report, shardReports));
  const fates = shardReports.map((report) => report.fates).reduce(addFates, NO_FATES);
  const amounts = {
    accepted: sumOf(fileReports.map((report) => report.amounts)),
    loaded: sumOf(shardReports.map((report) => report.amounts.loaded)),
  };
  const total = {
    files: fileReports.length,
    unreadableFiles: fileReports.filter(({ unreadable }) => unreadable !== undefined).length,
    counted: sum(fileReports.map(({ rows }) => rows)),
    rejected: sum(lines.map(({ rejected }) => rejected)),
    reasons: sumCounts(fileReports.map(({ rejected }) => rejected)),
    ...fates,
    inTable: importReport?.imported ?? 0,
    inDatabase: sum(loadReports.map(({ present }) => present)),
    live: sum(input.mergeReports.map(({ seen }) => seen)),
    amounts,
  };
  const discrepancies = [
    ...mustAgree('files of the plan, and files read', input.files, fileReports.length),
    ...mustAgree('shards of the plan, and shards sealed', input.shards, shardReports.length),
    ...mustAgree('shards of the plan, and shards loaded', input.shards, loadReports.length),
    ...mustAgree('unreadable files', 0, total.unreadableFiles),
    ...lines.flatMap(({ key, rows, rejected, fates: { loaded, superseded, duplicates } }) =>
      mustAgree(`rows of ${key}, and what became of them`, rows, rejected + loaded + superseded + duplicates),
    ),
    ...mustAgree(
      'amounts of files, and of shards',
      amounts.accepted,
      sumOf(shardReports.map((report) => report.amounts.all)),
    ),
    ...mustAgree('reservations, and items imported', fates.loaded, total.inTable),
    ...mustAgree('reservations, and rows in the database', fates.loaded, total.inDatabase),
    ...mustAgree('errors of the import', 0, importReport?.errors ?? 0),
    ...(control === undefined ? [] : againstControl(control, lines)),
  ];
  return {
    migrationId: input.migrationId,
    isBalanced: discrepancies.length === 0,
    discrepancies,
    total,
    isControlled: control !== undefined,
    files: lines,
  };
}

function fileLine(report: FileReport, shards: readonly ShardReport[]): FileLine {
  const fates = shards.map(({ byFile }) => byFile[report.file.index] ?? NO_FATES).reduce(addFates, NO_FATES);
  return {
    key: report.file.key,
    sha256: report.sha256,
    rows: report.rows,
    rejected: sum(Object.values(report.rejected)),
    reasons: report.rejected,
    fates,
    ...(report.unreadable === undefined ? {} : { unreadable: report.unreadable }),
  };
}

/** Each file that either side names. A file's name is the last part of its key. */
export function againstControl(
  control: ControlTotals,
  lines: readonly Pick<FileLine, 'key' | 'rows'>[],
): readonly string[] {
  const counted = new Map(lines.map(({ key, rows }) => [key.slice(key.lastIndexOf('/') + 1), rows]));
  return [...new Set([...Object.keys(control), ...counted.keys()])].flatMap((name) =>
    mustAgree(`rows of ${name} as the warehouse counted them`, control[name] ?? 'none', counted.get(name) ?? 'none'),
  );
}

function mustAgree(what: string, expected: unknown, found: unknown): readonly string[] {
  const [one, other] = [JSON.stringify(expected), JSON.stringify(found)];
  return one === other ? [] : [`${what}: ${one}, but ${other}`];
}

const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0);

function sumOf(parts: readonly DecimalSums[]): DecimalSums {
  const total = new DecimalSum();
  for (const part of parts) total.addAll(part);
  return total.sums();
}

function sumCounts(parts: readonly Readonly<Partial<Record<RejectionCode, number>>>[]) {
  const total: Partial<Record<RejectionCode, number>> = {};
  for (const part of parts)
    for (const [code, count] of Object.entries(part) as [RejectionCode, number][])
      total[code] = (total[code] ?? 0) + count;
  return total;
}
