import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { ROUTES } from '../src/api/routes.ts';

test('the README names every route of the API, and none that is not there', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  const rows = [...readme.matchAll(/^\| `(GET|POST) \/api\/.*?\|/gm)];
  const named = rows.flatMap(([row, method]) =>
    [...row.matchAll(/\/api\/[a-z-]+/g)].map(([path]) => `${method} ${path}`),
  );
  expect(named.sort()).toEqual(Object.keys(ROUTES).sort());
});
