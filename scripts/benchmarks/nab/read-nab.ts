import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readColumns, readTime } from '../csv-columns.ts';
import type { LabelledWindow } from './weigh-rows.ts';

export interface NabFile {
  readonly times: readonly number[];
  readonly values: readonly number[];
  readonly windows: readonly LabelledWindow[];
}

/**
 * The files of NAB that are there: `data/<category>/<file>.csv`, with their windows from `labels/combined_windows.json`.
 *
 * @throws RangeError where the labels, or all files, are missing, or a window's edge is no row of its file
 */
export function readNab(directory: string): readonly NabFile[] {
  const labels = join(directory, 'labels', 'combined_windows.json');
  if (!existsSync(labels)) throw new RangeError(`There is no ${labels}.`);
  const windows = JSON.parse(readFileSync(labels, 'utf8')) as Record<string, [string, string][]>;
  const files = Object.entries(windows).flatMap(([path, edges]) => readFile(join(directory, 'data', path), edges));
  if (files.length === 0) throw new RangeError(`None of the files that ${labels} names is there.`);
  return files;
}

function readFile(path: string, edges: readonly [string, string][]): readonly NabFile[] {
  if (!existsSync(path)) return [];
  const rows = readColumns(path, ['timestamp', 'value']);
  const times = rows.map(([time = '']) => readTime(time));
  const rowOf = (edge: string): number => {
    const row = times.indexOf(readTime(edge));
    if (row < 0) throw new RangeError(`${path} has no row of ${edge}, where a window begins or ends.`);
    return row;
  };
  const windows = edges.map(([from, to]): LabelledWindow => [rowOf(from), rowOf(to)]);
  return [{ times, values: rows.map(([, value]) => Number(value)), windows }];
}
