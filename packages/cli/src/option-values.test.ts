import { expect, test } from '@jest/globals';
import { readDuration, readFunctionName } from './option-values.ts';

test.each([
  ['checkout', 'checkout'],
  ['/aws/lambda/checkout', 'checkout'],
  ['arn:aws:lambda:eu-west-1:123456789012:function:checkout', 'checkout'],
  ['arn:aws:lambda:eu-west-1:123456789012:function:checkout:live', 'checkout'],
  ['/ecs/checkout', '/ecs/checkout'],
])('%s names the function %s', (text, name) => {
  expect(readFunctionName(text)).toBe(name);
});

test.each([
  ['500ms', 500],
  ['1.5s', 1_500],
  ['2m', 120_000],
])('%s lasts %d ms', (text, ms) => {
  expect(readDuration(text)).toBe(ms);
});

test.each(['500', '-1s', '2 h', ''])('"%s" is no duration', (text) => {
  expect(() => readDuration(text)).toThrow('A duration is a number with its unit');
});
