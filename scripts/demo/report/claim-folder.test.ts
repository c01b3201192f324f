import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { claimFolder } from './claim-folder.ts';

/** No system numbers its processes that high: https://man7.org/linux/man-pages/man5/proc_sys_kernel.5.html (pid_max) */
const GONE = 2 ** 30;

let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'demo-report-'));
});

afterEach(() => rm(root, { recursive: true }));

test('demos at the same time write to a folder each', async () => {
  const claims = await Promise.all([1, 2, 3].map(() => claimFolder(root, 'demo')));

  expect(claims.map(({ folder }) => folder).sort()).toEqual(['demo', 'demo-2', 'demo-3']);
});

test('who comes after another one has ended writes to the same folder', async () => {
  const first = await claimFolder(root, 'demo');
  await first.release();

  expect(await claimFolder(root, 'demo')).toMatchObject({ folder: 'demo' });
});

test('a demo that was killed holds nobody up', async () => {
  await mkdir(join(root, 'demo'));
  await writeFile(join(root, 'demo', 'held-by.pid'), String(GONE));

  expect(await claimFolder(root, 'demo')).toMatchObject({ folder: 'demo' });
});

test('where no folder can be made, it says why instead of trying the next one for ever', async () => {
  await writeFile(join(root, 'a-file'), '');

  await expect(claimFolder(root, join('a-file', 'demo'))).rejects.toThrow('ENOTDIR');
});
