import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readColumns, readTime } from '../csv-columns.ts';

/** A series whose points are labelled: 1 while an incident lasts. */
export interface LabelledSeries {
  readonly times: readonly number[];
  /** A value that is missing is that before it. */
  readonly values: readonly number[];
  readonly isIncident: readonly boolean[];
}

/** Every CSV file below a folder, with the columns `timestamp`, `value` and `label`. @throws RangeError where there is none */
export function readLabelledSeries(directory: string): readonly LabelledSeries[] {
  const paths = (readdirSync(directory, { recursive: true }) as string[])
    .filter((path) => path.endsWith('.csv'))
    .sort();
  if (paths.length === 0) throw new RangeError(`There is no CSV file in ${directory}.`);
  return paths.map((path) => readSeries(join(directory, path)));
}

function readSeries(path: string): LabelledSeries {
  const rows = readColumns(path, ['timestamp', 'value', 'label']);
  let last = 0;
  const values = rows.map(([, value = '']) => {
    if (value !== '' && !Number.isNaN(Number(value))) last = Number(value);
    return last;
  });
  return {
    times: rows.map(([time = '']) => readTime(time)),
    values,
    isIncident: rows.map(([, , label]) => Number(label) > 0),
  };
}
