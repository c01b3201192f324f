import { applyMessage } from '../messages/apply-message.ts';
import type { Itinerary } from '../messages/itinerary.ts';
import type { ReservationMessage } from '../messages/reservation-message.ts';
import { compareVersions } from '../messages/version-stamp.ts';
import { DecimalSum, type DecimalSums } from './decimal-sums.ts';
import { addFates, NO_FATES, type RowFates } from './reports.ts';

/** An accepted row. */
export interface HistoryRow {
  /** Index of its file. */
  readonly file: number;
  readonly message: ReservationMessage;
}

export interface FoldedShard {
  /** In order of confirmations. */
  readonly itineraries: readonly Itinerary[];
  readonly fates: RowFates;
  readonly byFile: Readonly<Record<string, RowFates>>;
  readonly amounts: { readonly all: DecimalSums; readonly loaded: DecimalSums };
}

/**
 * Itineraries of all rows of a shard, and what became of each row. The order of rows, and how they are spread over files,
 * change nothing but which of two equal rows is called the duplicate: the one of the later file. O(n log n).
 */
export function foldVersions(rows: readonly HistoryRow[]): FoldedShard {
  const fates = new Map<number, RowFates>();
  const count = (file: number, fate: keyof RowFates): void => {
    fates.set(file, addFates(fates.get(file) ?? NO_FATES, { ...NO_FATES, [fate]: 1 }));
  };
  const all = new DecimalSum();
  const loaded = new DecimalSum();
  const itineraries = [...byConfirmation(rows)].map(([, versions]) => {
    let itinerary: Itinerary | undefined;
    const newest = versions.at(-1)!;
    versions.forEach((row, index) => {
      addAmount(all, row);
      const before = versions[index - 1];
      if (before !== undefined && isSame(before, row)) count(row.file, 'duplicates');
      else {
        itinerary = applyMessage(itinerary, row.message).itinerary;
        const isNewest = isSame(row, newest);
        count(row.file, isNewest ? 'loaded' : 'superseded');
        if (isNewest) addAmount(loaded, row);
      }
    });
    return itinerary!;
  });
  return {
    itineraries,
    fates: [...fates.values()].reduce(addFates, NO_FATES),
    byFile: Object.fromEntries([...fates].sort(([one], [other]) => one - other)),
    amounts: { all: all.sums(), loaded: loaded.sums() },
  };
}

const isSame = (one: HistoryRow, other: HistoryRow): boolean =>
  compareVersions(one.message.version, other.message.version) === 0;

/** Versions of each reservation, oldest first; reservations in order. */
function byConfirmation(rows: readonly HistoryRow[]): readonly [string, readonly HistoryRow[]][] {
  const groups = new Map<string, HistoryRow[]>();
  for (const row of rows) {
    const group = groups.get(row.message.confirmation.value);
    if (group === undefined) groups.set(row.message.confirmation.value, [row]);
    else group.push(row);
  }
  for (const group of groups.values())
    group.sort((one, other) => compareVersions(one.message.version, other.message.version) || one.file - other.file);
  return [...groups].sort(([one], [other]) => (one < other ? -1 : 1));
}

/** The amount that a row is counted with in sums. */
export function addAmount(sum: DecimalSum, { message }: Pick<HistoryRow, 'message'>): void {
  sum.add(message.total?.currency ?? 'none', message.total?.afterTax ?? '0');
}
