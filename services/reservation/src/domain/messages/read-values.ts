/** Values of one record as they are read: blank ones are absent, ones that are not of their kind are named as doubts. */
export interface ValueReader {
  readonly doubts: string[];
}

export const newValueReader = (): ValueReader => ({ doubts: [] });

/** Text, or `undefined` where it is blank. */
export function textOf(value: string | undefined): string | undefined {
  const trimmed = value?.trim();
  return trimmed === '' ? undefined : trimmed;
}

/** A decimal number as text: a plus sign and blanks are dropped, nothing is rounded. */
export function amountOf(reader: ValueReader, name: string, value: string | undefined): string | undefined {
  const amount = textOf(value)?.replace(/^\+/, '');
  return accept(reader, name, amount, /^-?\d{1,15}(\.\d{1,10})?$/);
}

/** A number of rooms or guests. */
export function countOf(reader: ValueReader, name: string, value: string | undefined): number | undefined {
  const digits = accept(reader, name, textOf(value), /^\d{1,4}$/);
  return digits === undefined ? undefined : Number(digits);
}

/** The calendar day that a date or a time starts with, where it exists. */
export function dayOf(reader: ValueReader, name: string, value: string | undefined): string | undefined {
  const text = textOf(value);
  const day = text === undefined ? undefined : /^(\d{4}-\d{2}-\d{2})(?:$|T)/.exec(text)?.[1];
  if (text !== undefined && (day === undefined || !isDay(day))) {
    reader.doubts.push(name);
    return undefined;
  }
  return day;
}

/** A day after another, by a duration of whole days or nights, such as P3D or P2N. */
export function dayAfter(
  reader: ValueReader,
  name: string,
  start: string | undefined,
  duration: string | undefined,
): string | undefined {
  const text = textOf(duration);
  if (text === undefined || start === undefined) return undefined;
  const days = /^P(\d{1,3})[DN]$/.exec(text)?.[1];
  if (days === undefined) {
    reader.doubts.push(name);
    return undefined;
  }
  return new Date(Date.parse(`${start}T00:00:00Z`) + Number(days) * 86_400_000).toISOString().slice(0, 10);
}

const TIMESTAMP = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2}(?::\d{2})?)(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})?)?$/;

/** Milliseconds of the epoch. A time without zone is taken as UTC; one with two zones is a doubt. */
export function timestampOf(reader: ValueReader, name: string, value: string | undefined): number | undefined {
  const text = textOf(value);
  if (text === undefined) return undefined;
  const parts = TIMESTAMP.exec(text);
  const [, day = '', time = '00:00', fraction = '', zone = 'Z'] = parts ?? [];
  const atMs = Date.parse(`${day}T${time.length === 5 ? `${time}:00` : time}${fraction.slice(0, 4)}${zone}`);
  if (parts !== null && isDay(day) && atMs >= 0) return atMs;
  reader.doubts.push(name);
  return undefined;
}

/** ISO 4217 codes are written in capitals. */
export function currencyOf(reader: ValueReader, name: string, value: string | undefined): string | undefined {
  return accept(reader, name, textOf(value)?.toUpperCase(), /^[A-Z]{3}$/);
}

function accept(reader: ValueReader, name: string, value: string | undefined, pattern: RegExp): string | undefined {
  if (value === undefined || pattern.test(value)) return value;
  reader.doubts.push(name);
  return undefined;
}

const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Whether `YYYY-MM-DD` is a day of the Gregorian calendar. */
function isDay(day: string): boolean {
  const [year = 0, month = 0, dayOfMonth = 0] = day.split('-').map(Number);
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const days = (MONTH_DAYS[month - 1] ?? 0) + (month === 2 && isLeap ? 1 : 0);
  return dayOfMonth >= 1 && dayOfMonth <= days;
}

/** The properties that have a value: absent ones are left out, not `undefined`. */
export function present<T extends object>(record: T): { [K in keyof T]: Exclude<T[K], undefined> } & Partial<T> {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as never;
}
