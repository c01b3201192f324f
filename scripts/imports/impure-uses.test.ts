import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { REPOSITORY } from '../workspace-services.ts';
import { impureUses, isPureSource } from './impure-uses.ts';
import { listSources } from './list-sources.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'lamplighter-pure-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function usesOf(text: string, file = 'packages/pricing/src/a.ts'): readonly string[] {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
  return impureUses(root, [file]);
}

test.each([
  ['const now = Date.now();', 'Date.now'],
  ['const now = new Date();', 'new Date()'],
  ['const now = new Date;', 'new Date()'],
  ['const text = Date();', 'Date()'],
  ['const chance = Math.random();', 'Math.random'],
  ['const zone = process.env.TZ;', 'process.env'],
  ['const ms = performance.now();', 'performance.now'],
  ['await fetch("https://example.com");', 'fetch()'],
  ['setTimeout(() => {}, 1);', 'setTimeout()'],
  ['globalThis.process;', 'globalThis.process'],
  ["import { randomUUID as id } from 'node:crypto';", 'randomUUID as id'],
  ['crypto.getRandomValues(bytes);', 'crypto.getRandomValues'],
])('%s is told, with its place', (text, use) => {
  expect(usesOf(`// first\n${text}`)).toEqual([`packages/pricing/src/a.ts:2: ${use}`]);
});

test.each([
  ['const at = new Date(ms);'],
  ['const ms = Date.parse(text);'],
  ['const { now } = clock; // Date.now()'],
  ["const text = 'process.env';"],
  ['const load = of.process;'],
  ["import { createHash } from 'node:crypto';"],
])('%s depends on nothing else', (text) => {
  expect(usesOf(text)).toEqual([]);
});

test.each([
  ['services/alerting/src/domain/a.ts', 1],
  ['services/alerting/src/adapters/a.ts', 0],
  ['packages/sandbox/src/a.ts', 0],
  ['packages/pricing/src/a.test.ts', 0],
])('%s is looked at: %i', (file, uses) => {
  expect(usesOf('Date.now();', file)).toHaveLength(uses);
});

test('every pure package is among what is looked at', () => {
  const packages = listSources(REPOSITORY)
    .filter(isPureSource)
    .map((file) => file.split('/')[1]);
  expect(new Set(packages).size).toBeGreaterThan(15);
});
