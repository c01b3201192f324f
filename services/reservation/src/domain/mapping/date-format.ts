const TOKENS = /YYYY|YY|MMM|MM|DD|HH|mm|ss/g;
const PATTERNS: Readonly<Record<string, string>> = {
  YYYY: '(?<year>\\d{4})',
  YY: '(?<shortYear>\\d{2})',
  MMM: '(?<monthName>[A-Za-z]{3})',
  MM: '(?<month>\\d{2})',
  DD: '(?<day>\\d{2})',
  HH: '(?<hour>\\d{2})',
  mm: '(?<minute>\\d{2})',
  ss: '(?<second>\\d{2})',
};
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
/** Two digits below this are of this century, as systems that write them were built around 1980. */
const CENTURY_TURN = 80;

/** Reads a date or time as ISO 8601; `undefined` where it is not written so. */
export type ReadDate = (text: string) => string | undefined;

/**
 * A reader of dates that are written in a format of YYYY or YY, MM or MMM, DD, HH, mm, ss and other characters as they stand.
 *
 * @throws RangeError where the format names no whole day
 */
export function compileDateFormat(format: string): ReadDate {
  const tokens: readonly string[] = format.match(TOKENS) ?? [];
  const hasDay =
    tokens.includes('DD') && tokens.some((token) => /^M/.test(token)) && tokens.some((token) => /^Y/.test(token));
  if (!hasDay || new Set(tokens).size < tokens.length)
    throw new RangeError(`The date format ${format} must have a year, a month and a day, each once.`);
  const pattern = new RegExp(
    `^${format
      .split(/(YYYY|YY|MMM|MM|DD|HH|mm|ss)/)
      .map(patternOf)
      .join('')}$`,
  );
  return (text) => {
    const groups = pattern.exec(text)?.groups;
    return groups === undefined ? undefined : isoOf(groups);
  };
}

const patternOf = (piece: string): string => PATTERNS[piece] ?? piece.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

function isoOf(groups: Readonly<Record<string, string | undefined>>): string | undefined {
  const { year, shortYear = '', month, monthName = '', day, hour, minute = '00', second = '00' } = groups;
  const fullYear = year ?? `${Number(shortYear) < CENTURY_TURN ? '20' : '19'}${shortYear}`;
  const monthNumber = month ?? String(MONTHS.indexOf(monthName.toLowerCase()) + 1).padStart(2, '0');
  if (monthNumber === '00') return undefined;
  const date = `${fullYear}-${monthNumber}-${day}`;
  return hour === undefined ? date : `${date}T${hour}:${minute}:${second}`;
}
