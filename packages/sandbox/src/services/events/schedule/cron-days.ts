import { valuesField } from './cron-values.ts';

/** Whether a day, by its date at 00:00 UTC, is one of a field. */
export type DayTest = (day: Date) => boolean;

const WEEKDAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

/** Days of the month: values, `L` (the last day) and `15W` (the weekday nearest to the 15th). */
export function dayOfMonthField(text: string): DayTest | undefined {
  if (text === 'L') return (day) => day.getUTCDate() === lastDayOfMonth(day);
  const nearest = /^(\d{1,2})W$/.exec(text)?.[1];
  if (nearest !== undefined) {
    const wanted = Number(nearest);
    return wanted >= 1 && wanted <= 31 ? (day) => day.getUTCDate() === nearestWeekday(day, wanted) : undefined;
  }
  const days = valuesField(text, 1, 31);
  return days && ((day) => days.has(day.getUTCDate()));
}

/** Days of the week, 1 (Sunday) to 7: values, names, `L` (Saturday), `5L` (the last Thursday of a month), `3#2` (its second Tuesday). */
export function dayOfWeekField(text: string): DayTest | undefined {
  if (text.toUpperCase() === 'L') return (day) => weekday(day) === 7;
  const [, name = '', mark, nth] = /^([1-7]|[A-Za-z]{3})(L|#([1-5]))$/.exec(text) ?? [];
  if (mark !== undefined) {
    const [wanted] = valuesField(name, 1, 7, WEEKDAYS) ?? [];
    if (wanted === undefined) return undefined;
    if (mark === 'L') return (day) => weekday(day) === wanted && day.getUTCDate() > lastDayOfMonth(day) - 7;
    return (day) => weekday(day) === wanted && Math.ceil(day.getUTCDate() / 7) === Number(nth);
  }
  const days = valuesField(text, 1, 7, WEEKDAYS);
  return days && ((day) => days.has(weekday(day)));
}

function weekday(day: Date): number {
  return day.getUTCDay() + 1;
}

function lastDayOfMonth(day: Date): number {
  return new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1, 0)).getUTCDate();
}

/** Never leaves the month: Saturday the 1st gives Monday the 3rd, Sunday the 31st gives Friday the 29th. */
function nearestWeekday(day: Date, wanted: number): number {
  const last = lastDayOfMonth(day);
  const date = Math.min(wanted, last);
  const dayOfWeek = new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth(), date)).getUTCDay();
  if (dayOfWeek === 6) return date > 1 ? date - 1 : date + 2;
  if (dayOfWeek === 0) return date < last ? date + 1 : date - 2;
  return date;
}
