import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface M4Series {
  readonly id: string;
  readonly train: readonly number[];
  readonly test: readonly number[];
}

/** Reads `Hourly-train.csv` and `Hourly-test.csv`. @throws RangeError where one is missing or they do not fit together */
export function readM4(directory: string): M4Series[] {
  const [train, test] = ['Hourly-train.csv', 'Hourly-test.csv'].map((name) => readTable(join(directory, name)));
  return [...train!].map(([id, values]) => {
    const truth = test!.get(id);
    if (truth === undefined || truth.length === 0) throw new RangeError(`Hourly-test.csv has no series ${id}.`);
    return { id, train: values, test: truth };
  });
}

function readTable(path: string): Map<string, number[]> {
  if (!existsSync(path)) throw new RangeError(`There is no ${path}.`);
  const rows = new Map<string, number[]>();
  for (const line of readFileSync(path, 'utf8').split(/\r?\n/).slice(1)) {
    const [id, ...cells] = line.replaceAll('"', '').split(',');
    if (id) rows.set(id, cells.filter((cell) => cell !== '').map(Number));
  }
  return rows;
}
