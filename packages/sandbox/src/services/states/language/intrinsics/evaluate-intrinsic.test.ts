import { expect, test } from '@jest/globals';
import type { Json } from '../../../../core/protocols/json.ts';
import { StateError } from '../state-error.ts';
import { evaluateIntrinsic } from './evaluate-intrinsic.ts';

const data: Json = {
  name: 'Ada',
  list: [1, 2, 3, 4, 5],
  dup: [1, 1, { a: 1, b: 2 }, { b: 2, a: 1 }],
  json: '{"a":[1]}',
  obj: { a: 1, b: 2 },
  text: '1,2;3;;4',
};
const evaluate = (expression: string): Json =>
  evaluateIntrinsic(expression, { data, context: { Execution: { Id: 'x' } }, random: () => 0.5 });

test.each<[string, Json]>([
  ["States.Format('Hello {}, {} of {}', $.name, 1, $.obj)", 'Hello Ada, 1 of {"a":1,"b":2}'],
  ["States.Format('\\{\\} is {}', 'it\\'s')", "{} is it's"],
  ["States.Format('none')", 'none'],
  ['States.StringToJson($.json)', { a: [1] }],
  ["States.StringToJson('')", null],
  ['States.JsonToString($.obj)', '{"a":1,"b":2}'],
  ["States.Array('a', 1, $.name, true, null)", ['a', 1, 'Ada', true, null]],
  ['States.Array()', []],
  ['States.ArrayPartition($.list, 2)', [[1, 2], [3, 4], [5]]],
  ['States.ArrayContains($.dup, $.obj)', true],
  ['States.ArrayContains($.list, 9)', false],
  ['States.ArrayRange(1, 9, 2)', [1, 3, 5, 7, 9]],
  ['States.ArrayRange(3, 1, -1)', [3, 2, 1]],
  ['States.ArrayGetItem($.list, 4)', 5],
  ['States.ArrayLength($.list)', 5],
  ['States.ArrayLength(States.ArrayUnique($.dup))', 2],
  ["States.Base64Encode('Data to encode')", 'RGF0YSB0byBlbmNvZGU='],
  ["States.Base64Decode('RGF0YSB0byBlbmNvZGU=')", 'Data to encode'],
  ["States.Hash('input data', 'SHA-1')", 'aaff4a450a104cd177d28d18d74485e8cae074b7'],
  ['States.JsonMerge($.obj, States.StringToJson(\'{"b":3,"c":4}\'), false)', { a: 1, b: 3, c: 4 }],
  ['States.MathAdd(111, -1)', 110],
  ['States.MathRandom(1, 999)', 500],
  ["States.StringSplit($.text, ',;')", ['1', '2', '3', '4']],
  ["States.Format('{}', $$.Execution.Id)", 'x'],
  ["States.Format('{}', $.list[?(@ > 4)])", '[5]'],
])('%s', (expression, expected) => {
  expect(evaluate(expression)).toEqual(expected);
});

test('States.UUID gives a version 4 UUID, another each time', () => {
  expect(evaluate('States.UUID()')).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(evaluate('States.UUID()')).not.toBe(evaluate('States.UUID()'));
});

test('States.MathRandom with a seed gives the same number', () => {
  expect(evaluate('States.MathRandom(1, 1000000, 42)')).toBe(evaluate('States.MathRandom(1, 1000000, 42)'));
});

test.each([
  "States.Format('{} {}', 1)",
  "States.StringToJson('{')",
  'States.ArrayPartition($.list, 0)',
  'States.ArrayRange(1, 2000, 1)',
  'States.ArrayRange(1, 2, 0)',
  'States.ArrayGetItem($.list, 5)',
  'States.ArrayGetItem($.list, -1)',
  'States.ArrayLength($.name)',
  'States.ArrayLength()',
  "States.Hash('a', 'SHA-3')",
  'States.JsonMerge($.obj, $.obj, true)',
  'States.JsonMerge($.obj, $.list, false)',
  'States.MathRandom(5, 5)',
  "States.MathAdd('1', 2)",
  'States.Base64Encode(1)',
  'States.UUID(1)',
])('%s fails', (expression) => {
  expect(() => evaluate(expression)).toThrow(
    expect.objectContaining({ error: 'States.IntrinsicFailure' }) as unknown as StateError,
  );
});

test('a path that finds nothing is a runtime error', () => {
  expect(() => evaluate('States.ArrayLength($.nowhere)')).toThrow(
    new StateError(
      'States.Runtime',
      `The JSONPath '$.nowhere' could not be found in the input '${JSON.stringify(data)}'`,
    ),
  );
});
