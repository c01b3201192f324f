import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { withFolderLock } from './folder-lock.ts';

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

  test('takes over from an owner that has died', async () => {
    const dead = spawnSync(process.execPath, ['-e', '0']).pid;
    writeFileSync(join(folder, '.lock'), String(dead));
    await expect(withFolderLock(join(folder, '.lock'), async () => 'in')).resolves.toBe('in');
  });
});
