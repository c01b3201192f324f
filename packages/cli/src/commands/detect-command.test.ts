import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { runProgram } from '../program.ts';
import { recordedTerminal } from '../testing/recorded-terminal.ts';

let cwd: string;
beforeEach(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'lamplighter-detect-'));
  await mkdir(join(cwd, 'in', 'deep'), { recursive: true });
});
afterEach(() => rm(cwd, { recursive: true }));

async function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const terminal = recordedTerminal({ cwd });
  const code = await runProgram(['detect', ...args], terminal);
  return { code, ...terminal.written };
}

const rowsOf = async (path: string): Promise<string[]> =>
  (await readFile(join(cwd, path), 'utf8')).trimEnd().split('\n');

test('a score and a label for each row, below the common folder', async () => {
  const lines = Array.from({ length: 600 }, (_, i) => `${1_700_000_000 + i * 60},${i === 550 ? 900 : 100 + (i % 7)}`);
  await writeFile(join(cwd, 'in', 'deep', 'a.csv'), `timestamp,value\n${lines.join('\n')}\n`);
  await writeFile(
    join(cwd, 'in', 'b.csv'),
    'timestamp,value,label\n2026-11-21 09:00:00,,1\n2026-11-21 09:05:00,NaN,0\n',
  );

  const { code, out, err } = await run('in/deep/a.csv', 'in/b.csv', '--out', 'out');

  expect(code).toBe(2);
  expect(out).toMatch(/^deep\/a\.csv: 600 rows, \d anomalous\nb\.csv: 2 rows, 0 anomalous, 1 missing, 1 not-finite\n$/);
  expect(err).toMatch(/^error nothing-judged: Nothing was judged in 1 of 2 files\. No row of b\.csv was judged: .*\n$/);
  const rows = await rowsOf('out/deep/a.csv');
  expect(rows[0]).toBe('timestamp,value,anomaly_score,label');
  expect(rows).toHaveLength(601);
  // The spike itself first, then its recovery; nothing else.
  const anomalous = rows.flatMap((row, line) => (row.endsWith(',1') ? [line - 1] : []));
  expect(rows[551]).toMatch(/^1700033000,900,0\.\d+,1$/);
  expect([anomalous[0], (anomalous.at(-1) ?? 0) <= 557]).toEqual([550, true]);
  expect(await rowsOf('out/b.csv')).toEqual([
    'timestamp,value,anomaly_score,label',
    '2026-11-21 09:00:00,,0,0',
    '2026-11-21 09:05:00,NaN,0,0',
  ]);
});

test('a series without rows gives a header, and says so', async () => {
  await writeFile(join(cwd, 'empty.csv'), 'timestamp,value\n');

  expect(await run('empty.csv', '--out', 'out')).toEqual({
    code: 2,
    out: 'empty.csv: 0 rows, 0 anomalous\n',
    err: 'error nothing-judged: empty.csv has no rows to judge. Give it lines of timestamp,value below its header.\n',
  });
  expect(await rowsOf('out/empty.csv')).toEqual(['timestamp,value,anomaly_score,label']);
});

const minutes = (count: number, value: (minute: number) => string): string[] =>
  Array.from({ length: count }, (_, minute) => `${1_700_000_000 + minute * 60},${value(minute)}`);

test.each<[string, readonly string[], RegExp]>([
  ['decimals with a comma', minutes(120, () => '"1,5"'), /120 of 120 are not-finite\. .*decimal point/],
  ['the newest row first', minutes(120, String).reverse(), /119 of 120 are out-of-order\. Put the oldest row first/],
  ['nothing but gaps', minutes(120, () => ''), /120 of 120 are missing\. Give it rows with values\.\n/],
  ['too few rows', minutes(99, String), /of 99 rows the first 99 are only learnt from\. Give it at least 100\.\n/],
])('%s: that nothing was judged is said, with the way out', async (_name, lines, message) => {
  await writeFile(join(cwd, 'a.csv'), ['timestamp,value', ...lines].join('\n'));

  const { code, err } = await run('a.csv', '--out', 'out');

  expect(code).toBe(2);
  expect(err).toMatch(/^error nothing-judged: No row of a\.csv was judged: [^\n]*\n$/);
  expect(err).toMatch(message);
});

test.each(['minute,requests\n', ''])('two columns are a time and a value, under the header %j', async (header) => {
  await writeFile(join(cwd, 'a.csv'), header + minutes(100, () => '7').join('\n'));

  expect(await run('a.csv', '--out', 'out')).toMatchObject({ code: 0, out: 'a.csv: 100 rows, 0 anomalous\n' });
  expect((await rowsOf('out/a.csv')).slice(0, 2)).toEqual(['timestamp,value,anomaly_score,label', '1700000000,7,0,0']);
});

test('a hundred rows, packed and in UTF-16, are judged', async () => {
  const text = `\ufefftimestamp,value\r\n${minutes(100, String).join('\r\n')}`;
  await writeFile(join(cwd, 'a.csv.gz'), gzipSync(Buffer.from(text, 'utf16le')));

  expect(await run('a.csv.gz', '--out', 'out')).toEqual({
    code: 0,
    out: 'a.csv.gz: 100 rows, 0 anomalous\n',
    err: '',
  });
});

test.each<[string, string, readonly string[], RegExp]>([
  ['no such file', '', ['b.csv', '--out', 'out'], /^error missing-file: There is no .*b\.csv\. .*\n$/],
  ['no header', '1,2\n', ['a.csv', '--out', 'out'], /^error unreadable-csv: .* columns timestamp and value\. .*\n$/],
  [
    'tabs',
    'timestamp\tvalue\n',
    ['a.csv', '--out', 'out'],
    /^error unreadable-csv: .* has tabs between its cells\. .*\n$/,
  ],
  [
    'no time',
    'timestamp,value\nsoon,1\n',
    ['a.csv', '--out', 'out'],
    /^error unreadable-csv: .* line 2: soon is no time\. .*\n$/,
  ],
  ['no text', 'a\0b', ['a.csv', '--out', 'out'], /^error unreadable-file: .*a\.csv is no text\. .*\n$/],
  ['the input itself', 'timestamp,value\n', ['a.csv', '--out', '.'], /^error usage: --out \. would write over .*\n$/],
  ['a file for a folder', 'timestamp,value\n', ['a.csv', '--out', 'a.csv'], /^error unwritable-file: .*\n$/],
])('%s is one line', async (_name, text, args, message) => {
  await writeFile(join(cwd, 'a.csv'), text);

  const { code, out, err } = await run(...args);

  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toMatch(message);
});
