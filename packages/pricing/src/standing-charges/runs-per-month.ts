const DAYS_PER_YEAR = 365;
const MONTHS_PER_YEAR = 12;
const MINUTES: Readonly<Record<string, number>> = { minute: 1, hour: 60, day: 24 * 60 };
const MINUTES_PER_MONTH = (DAYS_PER_YEAR * 24 * 60) / MONTHS_PER_YEAR;
const MONTH_NAMES = ['', 'JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const DAY_NAMES = ['', 'SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

/**
 * How often a schedule of EventBridge runs in an average month: `rate(5 minutes)`, `cron(0 3 ? * MON *)`, `at(...)` (never again).
 * Throws for cron's L, W and #. Syntax: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html.
 */
export function runsPerMonth(expression: string): number {
  const [, kind, body] = /^(rate|cron|at)\((.+)\)$/.exec(expression.trim()) ?? [];
  if (kind === 'rate' && body) return MINUTES_PER_MONTH / minutesOf(body, expression);
  if (kind === 'cron' && body) return runsOfCron(body, expression);
  if (kind === 'at') return 0;
  throw new RangeError(`${expression} is no schedule of EventBridge.`);
}

function minutesOf(rate: string, expression: string): number {
  const [, value, unit] = /^(\d+) (minute|hour|day)s?$/.exec(rate.trim()) ?? [];
  const minutes = Number(value) * (MINUTES[unit ?? ''] ?? 0);
  if (!(minutes > 0)) throw new RangeError(`${expression} is no schedule of EventBridge.`);
  return minutes;
}

function runsOfCron(cron: string, expression: string): number {
  const [minute = '', hour = '', dayOfMonth = '', month = '', dayOfWeek = '', year = ''] = cron.trim().split(/\s+/);
  if (year === '') throw new RangeError(`${expression} needs six fields.`);
  const runsPerDay = allowed(minute, 0, 59).size * allowed(hour, 0, 23).size;
  const days = countDays(
    allowed(dayOfMonth, 1, 31),
    allowed(month, 1, 12, MONTH_NAMES),
    allowed(dayOfWeek, 1, 7, DAY_NAMES),
  );
  return (runsPerDay * days) / MONTHS_PER_YEAR;
}

/** Days of an ordinary year (2026) that a schedule falls on; the day not asked about (`?`) allows every value. */
function countDays(days: ReadonlySet<number>, months: ReadonlySet<number>, weekdays: ReadonlySet<number>): number {
  const year = Array.from({ length: DAYS_PER_YEAR }, (_, day) => new Date(Date.UTC(2026, 0, 1 + day)));
  return year.filter(
    (date) => days.has(date.getUTCDate()) && months.has(date.getUTCMonth() + 1) && weekdays.has(date.getUTCDay() + 1),
  ).length;
}

interface Field {
  readonly text: string;
  readonly min: number;
  readonly max: number;
  readonly names: readonly string[];
}

function allowed(text: string, min: number, max: number, names: readonly string[] = []): ReadonlySet<number> {
  return new Set(text.split(',').flatMap((part) => valuesOf(part, { text, min, max, names })));
}

function valuesOf(part: string, field: Field): number[] {
  const { min, max } = field;
  const [range = '', step = '1'] = part.split('/');
  const [from = '', to = ''] = range.split('-');
  const isAny = range === '*' || range === '?';
  const first = isAny ? min : numberOf(from, field);
  const last = isAny || (to === '' && part.includes('/')) ? max : numberOf(to === '' ? from : to, field);
  // A range may lead over the end: FRI-MON, NOV-FEB.
  const all = max - min + 1;
  const count = last < first ? last + all - first : last - first;
  const every = numberOfStep(step, field.text);
  return Array.from({ length: 1 + Math.floor(count / every) }, (_, at) => min + ((first - min + at * every) % all));
}

function numberOf(text: string, { text: field, min, max, names }: Field): number {
  const named = names.indexOf(text.toUpperCase());
  const value = named > 0 ? named : Number(text);
  if (!(Number.isInteger(value) && value >= min && value <= max))
    throw new RangeError(`The cron field ${field} cannot be counted.`);
  return value;
}

function numberOfStep(step: string, field: string): number {
  if (!/^[1-9]\d*$/.test(step)) throw new RangeError(`The cron field ${field} cannot be counted.`);
  return Number(step);
}
