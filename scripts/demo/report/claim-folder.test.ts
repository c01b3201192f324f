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

test('a process that has the id of a killed one takes its folder, and holds it alone', async () => {
  await mkdir(join(root, 'demo'));
  await writeFile(join(root, 'demo', 'held-by.pid'), String(process.pid));

  expect(await claimFolder(root, 'demo')).toMatchObject({ folder: 'demo' });
  expect(await claimFolder(root, 'demo')).toMatchObject({ folder: 'demo-2' });
});

test('of demos that find at the same time what killed ones left, one takes the folder', async () => {
  const pids = [...new Set([process.pid, process.ppid, 1])];
  for (let round = 0; round < 60; round += 1) {
    const folder = `demo-of-${round}`;
    await mkdir(join(root, folder));
    await writeFile(join(root, folder, 'held-by.pid'), String(GONE));
    await writeFile(join(root, folder, 'held-by-2.pid'), String(GONE + 1));

    const claims = await Promise.all(pids.map((pid) => claimFolder(root, folder, pid)));

    expect(new Set(claims.map((claim) => claim.folder)).size).toBe(pids.length);
    expect(claims.map((claim) => claim.folder)).toContain(folder);
  }
});

test('where no folder can be made, it says why instead of trying the next one for ever', async () => {
  await writeFile(join(root, 'a-file'), '');

  await expect(claimFolder(root, join('a-file', 'demo'))).rejects.toThrow('ENOTDIR');
});
