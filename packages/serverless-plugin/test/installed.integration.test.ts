import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { offlineEnvironment } from '@lamplighter/sandbox/packaging';
import manifest from '../package.json' with { type: 'json' };
import { binaryOf } from './package-sample.ts';

const run = promisify(execFile);
const PACKAGE = join(import.meta.dirname, '..');
const TARBALL = `serverless-lamplighter-${manifest.version}.tgz`;

let root: string;
let service: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'lamplighter-installed-'));
  service = join(root, 'bookshop');
  await cp(join(import.meta.dirname, 'fixtures', 'rest'), service, { recursive: true });
  await writeFile(join(service, 'package.json'), '{ "name": "bookshop", "version": "1.0.0", "private": true }');
  await haveFromRegistry(Object.keys(manifest.dependencies));
});
afterAll(() => rm(root, { recursive: true, force: true }));

/** What npm would fetch; a deploy alone loads it. */
async function haveFromRegistry(names: readonly string[]): Promise<void> {
  for (const name of names) {
    const folder = join(service, 'node_modules', name);
    const { version } = JSON.parse(await readFile(join(PACKAGE, 'node_modules', name, 'package.json'), 'utf8'));
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'package.json'), JSON.stringify({ name, version }));
  }
}

function pack(): Promise<unknown> {
  const pnpm = process.env.npm_execpath;
  const args = ['pack', '--pack-destination', root];
  return pnpm?.includes('pnpm')
    ? run(process.execPath, [pnpm, ...args], { cwd: PACKAGE })
    : run('npx', ['-y', 'pnpm@10', ...args], { cwd: PACKAGE });
}

test('a service installs the packed file by npm, and is packaged with it', async () => {
  await pack();
  await run('npm', ['install', '--save-dev', join('..', TARBALL), '--offline', '--no-audit', '--no-fund'], {
    cwd: service,
  });
  const args = [binaryOf('osls4'), 'package', '--stage', 'dev', '--region', 'us-east-1'];
  const { stdout, stderr } = await run(process.execPath, args, { cwd: service, env: offlineEnvironment() });

  expect(stdout + stderr).toMatch(/Lamplighter: monitoring coverage \d+(\.\d)? %/);
  const installed = JSON.parse(
    await readFile(join(service, 'node_modules/serverless-lamplighter/package.json'), 'utf8'),
  ) as typeof manifest;
  expect(installed.dependencies).toEqual(manifest.dependencies);
  const bundle = await readFile(join(service, 'node_modules/serverless-lamplighter/dist/index.cjs'), 'utf8');
  expect(bundle).toMatch(
    /^\/\*! Parts of zod[^*]*Copyright \(c\) \d{4} Colin McDonnell[^*]*permission notice shall be included/,
  );
});

test('npm, which would pack a plugin that does not load, packs nothing', async () => {
  await expect(run('npm', ['pack', '--pack-destination', root], { cwd: PACKAGE })).rejects.toThrow(/Use pnpm pack/);
});
