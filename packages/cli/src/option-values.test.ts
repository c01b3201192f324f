import { expect, test } from '@jest/globals';
import { readFunctionName } from './option-values.ts';

test.each([
  ['checkout', 'checkout'],
  ['/aws/lambda/checkout', 'checkout'],
  ['arn:aws:lambda:eu-west-1:123456789012:function:checkout', 'checkout'],
  ['arn:aws:lambda:eu-west-1:123456789012:function:checkout:live', 'checkout'],
  ['/ecs/checkout', '/ecs/checkout'],
])('%s names the function %s', (text, name) => {
  expect(readFunctionName(text)).toBe(name);
});
