import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { withFolderLock } from './folder-lock.ts';
import { startOfProcess } from './process-identity.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lamplighter-lock-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('withFolderLock', () => {
  test('lets one in at a time', async () => {
    const seen: string[] = [];
    const enter = (name: string) =>
      withFolderLock(join(folder, '.lock'), async () => {
        seen.push(`${name} in`);
        await new Promise(setImmediate);
        seen.push(`${name} out`);
      });
    await Promise.all([enter('a'), enter('b')]);
    expect(seen.filter((_, index) => index % 2 === 0).every((entry) => entry.endsWith('in'))).toBe(true);
    expect(seen).toHaveLength(4);
  });

  test('is released when the work fails', async () => {
    const lock = join(folder, '.lock');
    await expect(withFolderLock(lock, () => Promise.reject(new Error('work failed')))).rejects.toThrow('work failed');
    expect(existsSync(lock)).toBe(false);
  });

  test('stays away from what somebody else holds by now', async () => {
    const lock = join(folder, '.lock');
    await withFolderLock(lock, async () => writeFileSync(lock, 'somebody else'));
    expect(existsSync(lock)).toBe(true);
  });

  test.each<readonly [string, () => string]>([
    ['an owner that has died', () => `${deadPid()} 1 nonce`],
    ['an owner that has died, as earlier versions wrote it', () => String(deadPid())],
    ['a process that had the id of this one', () => `${process.pid} 1 nonce`],
    // Where starts can be read.
    ...(startOfProcess(process.ppid)
      ? [['a process whose id another one has now', () => `${process.ppid} 1 nonce`] as const]
      : []),
    ['a process that had the id of this one, where its start cannot be read', () => `${process.pid} - nonce`],
  ])('takes over from %s', async (_name, owner) => {
    writeFileSync(join(folder, '.lock'), owner());
    await expect(withFolderLock(join(folder, '.lock'), async () => 'in')).resolves.toBe('in');
    expect(readdirSync(folder)).toEqual([]);
  });

  test.each(['.lock', '.lock.guard'])(
    'takes over where %s was left empty by a process that was killed',
    async (name) => {
      writeFileSync(join(folder, '.lock'), `${deadPid()} 1 nonce`);
      writeFileSync(join(folder, name), '');
      utimesSync(join(folder, name), 0, 0);
      await expect(withFolderLock(join(folder, '.lock'), async () => 'in')).resolves.toBe('in');
      expect(readdirSync(folder)).toEqual([]);
    },
  );

  test('waits for the process of an owner that is alive, and says for which', async () => {
    const lock = join(folder, '.lock');
    const parent = `${process.ppid} ${startOfProcess(process.ppid) ?? '-'} nonce`;
    writeFileSync(lock, parent);
    const told: unknown[] = [];
    const onWaiting = (pid: number | undefined) => {
      told.push(pid);
      expect(existsSync(lock)).toBe(true);
      rmSync(lock);
    };
    await expect(withFolderLock(lock, async () => 'in', { onWaiting, tellAfterMs: 100 })).resolves.toBe('in');
    expect(told).toEqual([process.ppid]);
  });

  test('leaves it to another process that is just taking over', async () => {
    const lock = join(folder, '.lock');
    const dead = `${deadPid()} 1 nonce`;
    writeFileSync(lock, dead);
    writeFileSync(`${lock}.guard`, '');
    const onWaiting = () => {
      expect(readFileSync(lock, 'utf8')).toBe(dead);
      rmSync(`${lock}.guard`);
    };
    await expect(withFolderLock(lock, async () => 'in', { onWaiting, tellAfterMs: 100 })).resolves.toBe('in');
    expect(readdirSync(folder)).toEqual([]);
  });
});

function deadPid(): number {
  return spawnSync(process.execPath, ['-e', '0']).pid;
}
