import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, expect, test } from '@jest/globals';
import { serveTwice } from '../testing/serve-twice.ts';
import { writeRuntime } from './runtime-files.ts';

const folders: string[] = [];
afterEach(async () => {
  await Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true })));
});

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'runtime-files-'));
  folders.push(folder);
  return folder;
}

test('the runtime is one module; its environments serve, and leave what they compiled to the next', async () => {
  const [runtime, taskRoot] = [await temporaryFolder(), await temporaryFolder()];
  await writeFile(path.join(taskRoot, 'index.js'), 'exports.handler = async (event) => event;');
  const entry = await writeRuntime(runtime);
  expect(await readdir(runtime)).toEqual(['main.mjs']);

  const served = [await serveTwice(entry, taskRoot), await serveTwice(entry, taskRoot)];

  const success = { kind: 'ready', outcome: { kind: 'success', payload: '{"lamp":1}' } };
  expect(served).toEqual([expect.objectContaining(success), expect.objectContaining(success)]);
  expect(served.every(({ memoryMb }) => memoryMb > 40)).toBe(true);
  const [version] = await readdir(path.join(runtime, 'compiled'));
  expect(await readdir(path.join(runtime, 'compiled', version!))).toHaveLength(1);
});
