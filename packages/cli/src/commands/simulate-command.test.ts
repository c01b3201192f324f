import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { FunctionWindow } from '@lamplighter/contracts';
import { runProgram } from '../program.ts';
import { recordedTerminal } from '../testing/recorded-terminal.ts';

const SCENARIO = `
name: Ten minutes
duration: 10m
traffic:
  - { to: api, curve: { kind: constant, rate: 50/s } }
apis:
  api: { to: work }
functions:
  work: { cpuMs: 10 }
faults:
  - { kind: error-rate, target: work, at: 5m, pct: 10 }
`;

let cwd: string;
beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'lamplighter-simulate-'));
  await writeFile(join(cwd, 'ten.yml'), SCENARIO);
});
afterAll(() => rm(cwd, { recursive: true }));

async function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const terminal = recordedTerminal({ cwd });
  const code = await runProgram(['simulate', ...args], terminal);
  return { code, ...terminal.written };
}

describe('lamplighter simulate', () => {
  test('tells what happened, what it cost and what was wrong', async () => {
    const { code, out, err } = await run('ten.yml');
    expect([code, err]).toEqual([0, '']);
    expect(out).toContain('Ten minutes  2026-11-27 00:00:00.000 UTC, 10 min 0 s, seed 1; simulated in ');
    expect(out).toMatch(/^requests {15}[▁-█]{10} /m);
    expect(out).toMatch(/^work {5,9}\d\d,\d{3} /m);
    expect(out).toMatch(/^error-rate {2}work {2}2026-11-27 00:05:00\.000 UTC {2}2026-11-27 00:10:00\.000 UTC$/m);
  });

  test('with agents tells what they made of each fault, without them nothing of it', async () => {
    const [on, off] = [await run('ten.yml', '--agents', 'on'), await run('ten.yml')];
    expect(on.out).toMatch(/what the agents made of each fault.*\nerror-rate at work, 00:05 to 00:10\n {2}\S/);
    expect(off.out).not.toContain('the agents');
    const { agents } = JSON.parse((await run('ten.yml', '--agents', 'on', '--json')).out);
    expect(agents.incidents).toMatchObject([{ fault: { kind: 'error-rate', target: 'work' }, felt: ['work'] }]);
  });

  test('gives the same bytes for the same seed, others for another', async () => {
    const figures = async (...args: string[]): Promise<unknown> => {
      const { seconds: _, ...rest } = JSON.parse((await run('ten.yml', '--json', ...args)).out);
      return rest;
    };
    const once = await figures();
    expect(await figures()).toEqual(once);
    expect(await figures('--seed', '2')).not.toEqual(once);
  });

  test('writes the windows, as ingestion would', async () => {
    expect(await run('ten.yml', '--out', 'windows.ndjson')).toMatchObject({ code: 0 });
    const lines = (await readFile(join(cwd, 'windows.ndjson'), 'utf8')).trimEnd().split('\n');
    expect(lines).toHaveLength(10);
    for (const line of lines) expect(FunctionWindow.parse(JSON.parse(line)).functionName).toBe('work');
  });

  test.each([
    ['no such file', undefined, /^error missing-file: There is no .*\n$/],
    ['nothing', '', /^error invalid-scenario: In the scenario, .*\n$/],
    ['no YAML', 'a: [1', /^error unreadable-scenario: The scenario is no YAML: .*\n$/],
    ['an unknown key', `${SCENARIO}\nspeed: 3`, /^error invalid-scenario: .*speed.*\n$/],
    [
      'a rate without a unit',
      SCENARIO.replace('50/s', '50'),
      /^error invalid-scenario: .*traffic\.0\.curve\.rate: .*\n$/,
    ],
    ['a name that leads nowhere', SCENARIO.replace('to: work', 'to: wrok'), /^error unknown-resource: .*wrok.*\n$/],
    [
      'a fault of something that cannot have it',
      SCENARIO.replace('error-rate', 'slow-query').replace('pct: 10', 'factor: 2'),
      /^error unknown-resource: .*databases.*\n$/,
    ],
    [
      'more ticks than anybody waits for',
      SCENARIO.replace('10m', '30d\ntick: 10ms'),
      /^error invalid-scenario: .*ticks.*\n$/,
    ],
    [
      'too many aliases',
      `a: &a [1,1]\nb: &b [${'*a,'.repeat(30)}1]\nc: [${'*b,'.repeat(30)}1]`,
      /^error unreadable-scenario: .*aliases.*\n$/,
    ],
  ])('%s is one line', async (_name, text, line) => {
    if (text !== undefined) await writeFile(join(cwd, 'bad.yml'), text);
    const { code, out, err } = await run(text === undefined ? 'nowhere.yml' : 'bad.yml');
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(line);
  });

  test('of a folder the scenarios in it are named', async () => {
    await mkdir(join(cwd, 'scenarios'));
    for (const name of ['sale.yml', 'quiet.yml', 'notes.txt']) await writeFile(join(cwd, 'scenarios', name), SCENARIO);
    const { code, err } = await run('scenarios');
    expect(code).toBe(2);
    expect(err).toMatch(
      /^error unreadable-file: .*scenarios is a folder\. Name one of its scenarios: quiet\.yml, sale\.yml\.\n$/,
    );
  });

  test('--agents on leaves a healthy quarter of an hour as it is', async () => {
    const [off, on] = [await run('ten.yml', '--json'), await run('ten.yml', '--json', '--agents', 'on')];
    expect(on.code).toBe(0);
    expect(JSON.parse(on.out).edges).toEqual(JSON.parse(off.out).edges);
  });
});
