/** The values a field of a cron expression stands for (`*`, `5`, `MON`, `1-5`, `0/15`, lists), in order; undefined where it is invalid. */
export function valuesField(
  text: string,
  lowest: number,
  highest: number,
  names: readonly string[] = [],
): ReadonlySet<number> | undefined {
  const values: number[] = [];
  for (const part of text.split(',')) {
    const found = valuesOf(part, lowest, highest, names);
    if (!found) return undefined;
    values.push(...found);
  }
  return new Set(values.sort((a, b) => a - b));
}

function valuesOf(
  part: string,
  lowest: number,
  highest: number,
  names: readonly string[],
): readonly number[] | undefined {
  const read = (text: string): number => {
    const index = names.indexOf(text.toUpperCase());
    if (index >= 0) return lowest + index;
    return /^\d+$/.test(text) ? Number(text) : Number.NaN;
  };
  const [range = '', step = '1', ...more] = part.split('/');
  const hasStep = part.includes('/');
  const [from, to] = range === '*' ? [lowest, highest] : rangeOf(range, hasStep ? highest : undefined, read);
  const isValid = from >= lowest && to <= highest && from <= to && /^[1-9]\d*$/.test(step) && more.length === 0;
  if (!isValid) return undefined;
  const count = Math.floor((to - from) / Number(step)) + 1;
  return Array.from({ length: count }, (_, index) => from + index * Number(step));
}

/** `5` is 5 alone, but `5/10` begins at 5 and goes to the end. */
function rangeOf(range: string, end: number | undefined, read: (text: string) => number): readonly [number, number] {
  const [from = '', to, ...more] = range.split('-');
  if (more.length > 0) return [Number.NaN, Number.NaN];
  const first = read(from);
  return [first, to === undefined ? (end ?? first) : read(to)];
}
