import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, expect, test } from '@jest/globals';
import { startEnvironment } from './execution-environment.ts';
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

/** One environment of a function that answers with its event, from start to stop. */
async function serveOnce(entry: string, taskRoot: string) {
  const environment = startEnvironment({
    entry,
    taskRoot,
    handler: 'index.handler',
    variables: {},
    memorySizeMb: 128,
    logging: { format: 'Text', level: 'INFO' },
    allowsCallback: false,
    clockOffsetMs: () => 0,
    onLog: () => {},
  });
  const { kind } = await environment.init(10_000);
  const common = { kind: 'invoke', invokedFunctionArn: '', deadline: Date.now() + 10_000, traceHeader: '' } as const;
  const outcome = await environment.run({ ...common, requestId: 'r', payload: '{"lamp":1}' }, 10_000);
  const memoryMb = environment.peakMemoryMb();
  await environment.stop();
  return { kind, outcome, memoryMb };
}

test('the runtime is one module; its environments serve, and leave what they compiled to the next', async () => {
  const [runtime, taskRoot] = [await temporaryFolder(), await temporaryFolder()];
  await writeFile(path.join(taskRoot, 'index.js'), 'exports.handler = async (event) => event;');
  const entry = await writeRuntime(runtime);
  expect(await readdir(runtime)).toEqual(['main.mjs']);

  const served = [await serveOnce(entry, taskRoot), await serveOnce(entry, taskRoot)];

  const success = { kind: 'ready', outcome: { kind: 'success', payload: '{"lamp":1}' } };
  expect(served).toEqual([expect.objectContaining(success), expect.objectContaining(success)]);
  expect(served.every(({ memoryMb }) => memoryMb > 40)).toBe(true);
  const [version] = await readdir(path.join(runtime, 'compiled'));
  expect(await readdir(path.join(runtime, 'compiled', version!))).toHaveLength(1);
});
