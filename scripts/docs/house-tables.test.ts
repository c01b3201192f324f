import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { REPOSITORY } from '../workspace-services.ts';

const read = (path: string): string => readFileSync(join(REPOSITORY, path), 'utf8');
const foldersOf = (parent: string): readonly string[] =>
  readdirSync(join(REPOSITORY, parent)).map((name) => `${parent}/${name}`);

test('the README leads to every service, package and page', () => {
  const readme = read('README.md');
  const pages = foldersOf('docs').filter((path) => path.endsWith('.md'));
  const places = [...foldersOf('services'), ...foldersOf('packages')].map((path) => `${path}/README.md`);
  expect([...places, ...pages].filter((place) => !readme.includes(`](${place}`))).toEqual([]);
});

test.each(foldersOf('services'))('the README of %s has a row for each of its functions, and no other', (service) => {
  const tables = [...read(`${service}/README.md`).matchAll(/^\| function \|.*\n\|[-|]+\n((?:\|.*\n)+)/gm)];
  const rows = tables.flatMap(([, rows]) => rows!.trimEnd().split('\n'));
  const named = rows.flatMap((row) => row.split('|')[1]!.trim().split(', '));
  const functions = join(REPOSITORY, service, 'src/functions');
  expect(named.sort()).toEqual(existsSync(functions) ? readdirSync(functions).sort() : []);
});

test('CONTRIBUTING says of every package what it may import', () => {
  const contributing = read('CONTRIBUTING.md');
  expect(foldersOf('packages').filter((path) => !contributing.includes(`\`${path}\``))).toEqual([]);
});
