import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { dataDirectory } from './data-directory.ts';
import { run as events } from './events.ts';
import { run as m4 } from './m4.ts';
import { run as nab } from './nab.ts';
import { run as petshop } from './petshop.ts';

let data: string;
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'lamplighter-data-'));
});
afterEach(() => rmSync(data, { recursive: true, force: true }));

test.each([
  ['nab', nab],
  ['events', events],
  ['petshop', petshop],
  ['m4', m4],
])('%s cannot run on a folder that holds nothing: no figure, and no success', async (_name, run) => {
  await expect(run({ data })).rejects.toThrow(RangeError);
});

test('a folder may be the set itself, or have it by its name', () => {
  expect(dataDirectory('nab', data)).toBe(data);
  mkdirSync(join(data, 'nab'));
  expect(dataDirectory('nab', data)).toBe(join(data, 'nab'));
  expect(() => dataDirectory('nab', join(data, 'none'))).toThrow(/^Skipped: the data set nab is not here/);
});

test('labels without any of their files are no data', async () => {
  mkdirSync(join(data, 'labels'));
  writeFileSync(join(data, 'labels', 'combined_windows.json'), '{"a/b.csv": []}');
  await expect(nab({ data })).rejects.toThrow(/^None of the files/);
});
