import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { runProgram } from '../program.ts';
import { recordedTerminal } from '../testing/recorded-terminal.ts';

const stop = Promise.withResolvers<void>();
const shown = Promise.withResolvers<void>();
const terminal = recordedTerminal({
  interrupted: () => {
    shown.resolve();
    return stop.promise;
  },
});
let up: Promise<number>;
let endpoint: string;

beforeAll(async () => {
  up = runProgram(['up', '--port', '0'], terminal);
  await Promise.race([shown.promise, up]);
  endpoint = /Lamplighter is up at (\S+),/.exec(terminal.written.out)?.[1] ?? '';
});

afterAll(() => {
  stop.resolve();
});

async function ask(...args: string[]) {
  const { written, ...rest } = recordedTerminal();
  const code = await runProgram([...args, '--endpoint', endpoint], rest);
  return { code, ...written };
}

test('every stack is up, each with its size and its addresses', () => {
  const { out } = terminal.written;
  for (const name of ['backbone', 'ingestion', 'analysis', 'prediction', 'remediation', 'alerting', 'console'])
    expect(out).toMatch(new RegExp(`^lamplighter-${name}-dev +\\d+ resources`, 'm'));
  expect(out).toMatch(/^reservation-dev +\d+ resources {2}http/m);
});

test('the console is a page at the address that is told', async () => {
  const { host } = new URL(/its console at (\S+)/.exec(terminal.written.out)?.[1] ?? '');
  // Not every resolver knows that *.localhost is this machine; browsers do.
  const [page] = (await once(get(endpoint, { headers: { host } }), 'response')) as [IncomingMessage];
  expect(await text(page)).toContain('<title>Lamplighter</title>');
});

test('a deployment that has seen nothing says so, whatever it is asked', async () => {
  expect(await ask('findings')).toMatchObject({ code: 0, out: '0 findings\n' });
  expect(await ask('alerts', 'missed')).toMatchObject({ code: 0, out: '0 alerts\n' });
  expect(await ask('alerts', '1700000401000-3c59dc04')).toMatchObject({
    ...{ code: 1, err: 'There is no alert 1700000401000-3c59dc04.\n' },
  });
  expect(await ask('repairs')).toMatchObject({ code: 0, out: '0 repairs\n' });
  expect(await ask('repairs', 'nope')).toMatchObject({ code: 1, err: 'There is no repair nope.\n' });
  expect(await ask('approve', 'nope', '--by', 'ada')).toMatchObject({ code: 1, err: 'There is no repair nope.\n' });
});

test('the kill switch is turned, and stands where it was turned to', async () => {
  expect((await ask('kill-switch', 'on', '--by', 'ada')).out).toBe('on: nothing is repaired\n');
  expect((await ask('kill-switch')).out).toMatch(/^on:/);
  expect((await ask('kill-switch', 'off', '--by', 'ada')).out).toMatch(/^off:/);
});

test('it ends when it is interrupted', async () => {
  stop.resolve();
  expect(await up).toBe(0);
  expect(terminal.written.out).toMatch(/stopped\n$/);
});
