import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Route } from '../http-api/http-api.ts';
import { selectRoute } from './select-route.ts';

const routeOf = (routeKey: string): Route => ({
  routeId: routeKey,
  routeKey,
  authorizationType: 'NONE',
  authorizationScopes: [],
});
const keyFor = (keys: readonly string[], method: string, path: string) =>
  selectRoute(keys.map(routeOf), method, path)?.route.routeKey;

/** The example of the developer guide, "Create routes for HTTP APIs". */
const GUIDE = ['GET /pets/dog/1', 'GET /pets/dog/{id}', 'GET /pets/{proxy+}', 'ANY /{proxy+}', '$default'];

test.each([
  ['GET', '/pets/dog/1', 'GET /pets/dog/1'],
  ['GET', '/pets/dog/2', 'GET /pets/dog/{id}'],
  ['GET', '/pets/cat/1', 'GET /pets/{proxy+}'],
  ['POST', '/test/5', 'ANY /{proxy+}'],
  ['POST', '/', '$default'],
])('%s %s goes to %s', (method, path, expected) => {
  expect(keyFor(GUIDE, method, path)).toBe(expected);
});

test('the order of the routes does not matter', () => {
  const segment = fc.constantFrom('a', 'b', '{x}');
  const path = fc
    .tuple(fc.array(segment, { minLength: 1, maxLength: 3 }), fc.boolean())
    .map(([segments, isGreedy]) => `/${[...segments, ...(isGreedy ? ['{rest+}'] : [])].join('/')}`);
  const key = fc.tuple(fc.constantFrom('GET', 'ANY'), path).map(([method, one]) => `${method} ${one}`);
  const asked = fc
    .array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 4 })
    .map((all) => `/${all.join('/')}`);
  fc.assert(
    fc.property(fc.uniqueArray(key, { maxLength: 8 }), asked, (keys, one) => {
      expect(keyFor([...keys].reverse(), 'GET', one)).toBe(keyFor(keys, 'GET', one));
    }),
  );
});

test('variables are decoded, and a broken escape stays as it is', () => {
  expect(selectRoute([routeOf('GET /{a}/{b+}')], 'GET', '/x%20y/1%2F2/%zz')?.pathParameters).toEqual({
    a: 'x y',
    b: '1%2F2/%zz',
  });
});
