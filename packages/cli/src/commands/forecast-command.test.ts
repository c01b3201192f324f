import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { runProgram } from '../program.ts';
import { recordedTerminal } from '../testing/recorded-terminal.ts';

let cwd: string;
beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'lamplighter-forecast-'));
  const hours = Array.from({ length: 96 }, (_, hour) => hour).filter((hour) => hour !== 30);
  const time = (hour: number): string => new Date(Date.UTC(2026, 10, 1, hour)).toISOString();
  const rows = hours.map((hour) => `${time(hour)},${hour === 40 ? '' : hour % 24}`);
  await writeFile(join(cwd, 'hourly.csv'), ['timestamp,value', ...rows].join('\n'));
  await writeFile(join(cwd, 'noisy.csv'), hours.map((hour) => `${50 + ((hour * 37) % 23)}`).join('\n'));
  await writeFile(join(cwd, 'single.csv'), 'timestamp,value\n2026-11-01,-5\n');
  await writeFile(join(cwd, 'large.csv'), '1\n1e300\n');
  await writeFile(join(cwd, 'values.csv'), '1\n2\n1\n2\n1\n2\n1\n2\n');
  await writeFile(join(cwd, 'wide.csv'), '"V1","V2","V3","V4","V5"\n"H1","1","2","1","2"\n"H2","5",,"5",\n');
  await writeFile(join(cwd, 'words.csv'), 'timestamp,value\n2026-11-01,many\n');
  await writeFile(join(cwd, 'back.csv'), 'timestamp,value\n2026-11-02,1\n2026-11-01,2\n');
  await writeFile(join(cwd, 'empty.csv'), 'timestamp,value\n');
  await writeFile(join(cwd, 'german.csv'), 'timestamp;value\n2026-11-01;1,5\n2026-11-02;2,5\n');
  await writeFile(join(cwd, 'tabs.csv'), '1\t2\n3\t4\n');
  await writeFile(join(cwd, 'trailing.csv'), 'timestamp,value,\n2026-11-01T00:00Z,3,\n2026-11-01T01:00Z,3,\n');
  await writeFile(join(cwd, 'columns.csv'), 'id,v1,v2\na,1,2\nb,3,4\n');
  await writeFile(join(cwd, 'half.csv'), 'timestamp,value\n2026-11-01,1\nyesterday,2\n');
  await writeFile(join(cwd, 'labels.csv'), 'day,value\n01/11/2026,4\n02/11/2026,4\n03/11/2026,4\n');
  await writeFile(
    join(cwd, 'named.csv'),
    ',timestamp,value,region\n0,2026-11-01T00:00Z,3,eu\n1,2026-11-01T01:00Z,3,eu\n',
  );
  await writeFile(join(cwd, 'nothing.csv'), 'timestamp,value\n2026-11-01,\n');
});
afterAll(() => rm(cwd, { recursive: true }));

async function forecast(...args: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  const terminal = recordedTerminal({ cwd });
  const code = await runProgram(['forecast', ...args], terminal);
  return { code, ...terminal.written };
}

describe('lamplighter forecast', () => {
  test('goes on after the last time, with a day as season, and fills what is missing', async () => {
    const { code, out } = await forecast('hourly.csv', '--horizon', '3', '--level', '95');

    expect(code).toBe(0);
    const lines = out.trim().split('\n');
    expect(lines[0]).toBe('timestamp,mean,lo-95,hi-95');
    expect(lines.slice(1).map((line) => line.split(',').slice(0, 2))).toEqual([
      ['2026-11-05T00:00:00Z', '0'],
      ['2026-11-05T01:00:00Z', '1'],
      ['2026-11-05T02:00:00Z', '2'],
    ]);
  });

  test('numbers the steps of a file without times, and writes where it is told', async () => {
    const { code, out } = await forecast('values.csv', '--horizon', '2', '--season', '2', '--out', 'out.csv');

    expect({ code, out }).toEqual({ code: 0, out: '' });
    expect(await readFile(join(cwd, 'out.csv'), 'utf8')).toBe(
      'step,mean,lo-80,hi-80,lo-95,hi-95\n1,1,1,1,1,1\n2,2,2,2,2,2\n',
    );
  });

  test('forecasts a step alike, however many are asked for', async () => {
    const lines = async (horizon: string): Promise<string[]> =>
      (await forecast('noisy.csv', '--horizon', horizon)).out.trim().split('\n');
    const far = await lines('200');

    expect(far).toHaveLength(201);
    for (const horizon of [1, 5, 12, 13, 48]) expect(await lines(String(horizon))).toEqual(far.slice(0, horizon + 1));
  });

  test('one value has a band without an end, and the season that is not seen is told', async () => {
    expect(await forecast('single.csv', '--horizon', '1')).toMatchObject({
      code: 0,
      out: 'step,mean,lo-80,hi-80,lo-95,hi-95\n1,-5,,,,\n',
      err: 'single.csv has one value, which tells nothing of how far values vary: its bands have no end\n',
    });
    expect((await forecast('named.csv', '--horizon', '1')).err).toBe(
      'named.csv has 2 points, fewer than three seasons of 24: forecast without a season\n',
    );
    const wide = ['--wide', 'wide.csv', '--horizon', '1', '--season', '2', '--out-dir', 'wide'];
    expect((await forecast(...wide)).err).toContain('1 of 2 series have fewer than three seasons of 2 points');
  });

  test('takes the columns that a header names, whatever is beside them', async () => {
    const { out } = await forecast('named.csv', '--horizon', '1', '--level', '95');

    expect(out).toBe('timestamp,mean,lo-95,hi-95\n2026-11-01T02:00:00Z,3,3,3\n');
    expect((await forecast('trailing.csv', '--horizon', '1', '--level', '95')).out).toBe(out);
  });

  test('says that lines count as steps where their times are not known', async () => {
    const { out, err } = await forecast('labels.csv', '--horizon', '1', '--level', '95');

    expect(out).toBe('step,mean,lo-95,hi-95\n1,4,4,4\n');
    expect(err).toBe('01/11/2026 is no time that is known: the lines of labels.csv count as steps, without gaps\n');
    expect((await forecast('values.csv', '--horizon', '1')).err).toBe('');
  });

  test('writes three files for a wide one', async () => {
    const { code } = await forecast('--wide', 'wide.csv', '--horizon', '2', '--season', '2', '--out-dir', 'wide');

    expect(code).toBe(0);
    expect(await readFile(join(cwd, 'wide', 'mean.csv'), 'utf8')).toMatch(/^id,f1,f2\nH1,.+,.+\nH2,5,5\n$/);
    const [low, high] = await Promise.all(
      ['lo-95.csv', 'hi-95.csv'].map((name) => readFile(join(cwd, 'wide', name), 'utf8')),
    );
    expect(low).toMatch(/^id,f1,f2\nH1,/);
    expect(high).toMatch(/^id,f1,f2\nH1,/);
  });

  test.each<[string, readonly string[], RegExp]>([
    ['no file', ['--horizon', '2'], /^error usage: .*\n$/],
    ['a missing file', ['nowhere.csv', '--horizon', '2'], /^error missing-file: .*\n$/],
    ['a directory', ['.', '--horizon', '2'], /^error unreadable-file: .*\n$/],
    ['a word', ['words.csv', '--horizon', '2'], /^error unreadable-csv: words.csv line 2: many is no number\. .*\n$/],
    [
      'times that go back',
      ['back.csv', '--horizon', '2'],
      /^error unreadable-csv: .* do not ascend: line 3 is not .*\n$/,
    ],
    [
      'a time that is none',
      ['half.csv', '--horizon', '2'],
      /^error unreadable-csv: half.csv line 3: yesterday is no time/,
    ],
    ['semicolons', ['german.csv', '--horizon', '2'], /^error unreadable-csv: .* has semicolons .*\n$/],
    ['tabs', ['tabs.csv', '--horizon', '2'], /^error unreadable-csv: .* has tabs .*\n$/],
    ['columns without a value', ['columns.csv', '--horizon', '2'], /^error unreadable-csv: .* 3 columns.* --wide\.\n$/],
    ['a header alone', ['empty.csv', '--horizon', '2'], /^error unreadable-csv: .*has no values\. .*\n$/],
    ['missing values alone', ['nothing.csv', '--horizon', '2'], /^error unreadable-csv: .*has no values\. .*\n$/],
    ['a wide file without a place', ['--wide', 'wide.csv', '--horizon', '2'], /^error usage: .* --out-dir DIR\.\n$/],
    ['a horizon that is no number', ['values.csv', '--horizon', 'soon'], /whole number/],
    [
      'a value of 1e300',
      ['large.csv', '--horizon', '1'],
      /^error unreadable-csv: large.csv line 2: 1e300 is too large\. .*\n$/,
    ],
    [
      'a season that is not seen three times',
      ['values.csv', '--horizon', '1', '--season', '4'],
      /^error unusable-season: values.csv has 8 points, fewer than three seasons of 4\. .*\n$/,
    ],
    [
      'levels of a wide file',
      ['--wide', 'wide.csv', '--horizon', '2', '--out-dir', 'w', '--level', '90'],
      /^error usage: --level says nothing of --wide\. .*\n$/,
    ],
    [
      'an output of a wide file',
      ['--wide', 'wide.csv', '--horizon', '2', '--out-dir', 'w', '--out', 'x.csv'],
      /^error usage: --out says nothing of --wide\. .*\n$/,
    ],
    [
      'a folder for one file',
      ['values.csv', '--horizon', '2', '--out-dir', 'w'],
      /^error usage: --out-dir says nothing of a FILE\. .*\n$/,
    ],
    ['a stage of a file', ['values.csv', '--horizon', '2', '--stage', 'dev'], /^error usage: --stage says nothing/],
    ...['--horizon', '--season', '--level', '--out', '--out-dir'].map((flag): [string, string[], RegExp] => [
      `${flag} of a deployment`,
      ['--stage', 'dev', flag, '90'],
      new RegExp(`^error usage: ${flag} says nothing of a deployment\\. .*\\n$`),
    ]),
    ['a level of 100', ['values.csv', '--horizon', '1', '--level', '100'], /percentages/],
  ])('refuses %s with 2', async (_, args, message) => {
    const { code, out, err } = await forecast(...args);

    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(message);
  });

  test('a horizon of 0 is a header', async () => {
    expect((await forecast('values.csv', '--horizon', '0')).out).toBe('step,mean,lo-80,hi-80,lo-95,hi-95\n');
  });
});
