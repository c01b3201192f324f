import { expect, test } from '@jest/globals';
import { errorText } from './error-text.ts';

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
