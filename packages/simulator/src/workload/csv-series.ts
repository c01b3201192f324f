import type * as z from 'zod';

/** Lines of `number` or `time,number`, a header line allowed. A line that is neither is an error that names it. */
export function parseCsvSeries(text: string, context: z.RefinementCtx): readonly number[] {
  const values: number[] = [];
  const lines = text.split(/\r?\n/);
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '') continue;
    const value = Number(line.slice(line.lastIndexOf(',') + 1).trim() || Number.NaN);
    if (Number.isFinite(value) && value >= 0) values.push(value);
    else if (index > 0) {
      context.addIssue({ code: 'custom', message: `line ${index + 1} is no count of requests` });
      return [];
    }
  }
  if (values.length === 0) context.addIssue({ code: 'custom', message: 'there is no minute in it' });
  return values;
}
