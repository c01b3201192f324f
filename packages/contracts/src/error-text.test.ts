import { expect, test } from '@jest/globals';
import { errorText, messageBelowType } from './error-text.ts';

test.each([
  ['Error', 'connect ECONNREFUSED', 'Error: connect ECONNREFUSED'],
  ['PaymentRefused', 'PaymentRefused: the provider refused the card', 'PaymentRefused: the provider refused the card'],
  ['Timeout', 'Timeouts are many', 'Timeout: Timeouts are many'],
  ['KeyError', '', 'KeyError'],
  ['KeyError', undefined, 'KeyError'],
  ['Runtime.ExitError', 'Runtime.ExitError', 'Runtime.ExitError'],
  [undefined, 'boom', 'boom'],
  ['', 'boom', 'boom'],
  ['', '(boom)', '(boom)'],
  [undefined, undefined, ''],
])('%p and %p are told as %p', (type, message, told) => {
  expect(errorText(type, message)).toBe(told);
});

test.each([
  ['Error', 'connect ECONNREFUSED', 'connect ECONNREFUSED'],
  ['PaymentRefused', 'PaymentRefused: the provider refused the card', 'the provider refused the card'],
  ['Timeout', 'Timeouts: many', 'Timeouts: many'],
  ['Runtime.ExitError', 'Runtime.ExitError', ''],
  ['KeyError', undefined, ''],
  [undefined, 'boom', 'boom'],
  ['', ': boom', ': boom'],
  [undefined, undefined, ''],
])('below %p, %p is told as %p', (type, message, told) => {
  expect(messageBelowType(type, message)).toBe(told);
});
