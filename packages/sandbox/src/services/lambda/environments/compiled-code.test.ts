import { mkdir, mkdtemp, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { serveTwice } from '../testing/serve-twice.ts';
import { shareCompiledCode } from './compiled-code.ts';
import { writeRuntime } from './runtime-files.ts';

const A_MINUTE_AGO = Math.floor(Date.now() / 1_000 - 60) * 1_000;

const daysAgo = (days: number) => Date.now() / 1_000 - days * 86_400;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'compiled-code-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** A sandbox's folder: a runtime, and a function beside it. */
async function prepare(name: string, code: string) {
  const root = path.join(folder, name);
  await mkdir(path.join(root, 'lamp'), { recursive: true });
  await writeFile(path.join(root, 'lamp', 'index.js'), code);
  const entry = await writeRuntime(path.join(root, 'runtime'));
  await shareCompiledCode(path.join(root, 'runtime'), path.join(folder, 'cache'));
  return serveTwice(entry, path.join(root, 'lamp'));
}

/** A sandbox's runtime, and nothing that it runs. */
async function share(name: string): Promise<void> {
  await mkdir(path.join(folder, name));
  await shareCompiledCode(path.join(folder, name), path.join(folder, 'cache'));
}

async function entries() {
  const all = await readdir(path.join(folder, 'cache'), { recursive: true, withFileTypes: true });
  const own = all.filter((each) => each.isFile() && each.name !== '.swept');
  return own.map(({ parentPath, name }) => path.join(parentPath, name));
}

test('one sandbox takes the code that another compiled', async () => {
  const code = 'exports.handler = async (event) => event;';
  await prepare('first', code);
  const [entry] = await entries();
  await utimes(entry!, 0, A_MINUTE_AGO / 1_000);

  const { outcome } = await prepare('second', code);

  expect(outcome).toEqual({ kind: 'success', payload: '{"lamp":1}' });
  expect(await entries()).toEqual([entry]);
  expect((await stat(entry!)).mtimeMs).toBe(A_MINUTE_AGO);
});

test('code of another source is not taken, whatever its name', async () => {
  await prepare('first', 'exports.handler = async (event) => event;');

  const { outcome } = await prepare('second', 'exports.handler = async () => ({ changed: true });');

  expect(outcome).toEqual({ kind: 'success', payload: '{"changed":true}' });
  expect(await entries()).toHaveLength(1);
});

test('what is older than three days is forgotten, once a day', async () => {
  await prepare('first', 'exports.handler = async (event) => event;');
  const [entry] = await entries();
  await utimes(entry!, 0, daysAgo(4));

  await share('second');
  expect(await entries()).toEqual([entry]);
  await utimes(path.join(folder, 'cache', '.swept'), 0, daysAgo(1.1));
  await share('third');

  expect(await entries()).toEqual([]);
});
