import { expect, test } from '@jest/globals';
import type { Json } from '../../../../core/protocols/json.ts';
import { JsonPath } from './json-path.ts';
import { InvalidPathError } from './path-segment.ts';
import { parseReferencePath, withValueAt } from './reference-path.ts';

const data: Json = {
  order: {
    id: 7,
    lines: [
      { sku: 'a', price: 5 },
      { sku: 'b', price: 12 },
      { sku: 'c', price: 20, kind: 'lamp' },
    ],
  },
  'odd name': { 'a.b': 1 },
  list: [0, 1, 2, 3, 4],
};
const context: Json = { Execution: { Name: 'one' } };

test.each<[string, Json | undefined]>([
  ['$', data],
  ['$.order.id', 7],
  ["$['odd name']['a.b']", 1],
  ['$.order.lines[1].sku', 'b'],
  ['$.list[-1]', 4],
  ['$.missing', undefined],
  ['$.order.id.deeper', undefined],
  ['$.list[9]', undefined],
  ['$.order.lines[*].sku', ['a', 'b', 'c']],
  ['$.missing[*]', []],
  ['$.list[1:3]', [1, 2]],
  ['$.list[-2:]', [3, 4]],
  ['$.list[::2]', [0, 2, 4]],
  ['$.list[0,2]', [0, 2]],
  ['$..sku', ['a', 'b', 'c']],
  ["$.order['id','lines'][0]", [{ sku: 'a', price: 5 }]],
  ['$.order.lines[?(@.price > 10)].sku', ['b', 'c']],
  ["$.order.lines[?(@.price >= 5 && @.kind == 'lamp')].sku", ['c']],
  ['$.order.lines[?(!@.kind)].sku', ['a', 'b']],
  ["$.order.lines[?(@.sku == 'a' || (@.sku == 'b' && @.price < 13))].price", [5, 12]],
  ['$.list[?(@ != 0)]', [1, 2, 3, 4]],
  ['$$.Execution.Name', 'one'],
])('%s', (path, expected) => {
  expect(JsonPath.parse(path).valueIn({ data, context })).toEqual(expected);
});

test.each(['order', '$.', '$[', "$['a", '$.a[?(@.b]', '$.a b', '$.a[x]', '$.a[?(@.b ==)]'])('%s is no path', (path) => {
  expect(() => JsonPath.parse(path)).toThrow(InvalidPathError);
});

test.each<[string, Json, Json | undefined]>([
  ['$.a', {}, { a: 1 }],
  ['$.a.b.c', {}, { a: { b: { c: 1 } } }],
  ['$.a.b', { a: { x: 0 } }, { a: { x: 0, b: 1 } }],
  ['$.a[0]', { a: [0, 9] }, { a: [1, 9] }],
  ['$.a[3]', { a: [0] }, undefined],
  ['$.a.b', { a: 'text' }, undefined],
  ['$.a', [], undefined],
  ['$', { a: 0 }, 1],
])('a result at %s of %j', (path, document, expected) => {
  const before = JSON.stringify(document);
  expect(withValueAt(document, parseReferencePath(path), 1)).toEqual(expected);
  expect(JSON.stringify(document)).toBe(before);
});

test('a reference path names one place', () => {
  expect(() => parseReferencePath('$.a[*]')).toThrow(InvalidPathError);
});
