import { expect, test } from '@jest/globals';
import { dateOfAnswer } from './date-of-answer.ts';

const SANDBOX = Date.UTC(2026, 0, 15, 12, 30);
const MACHINE = Date.UTC(2026, 10, 22, 10, 0);

test.each([
  ['a function of the sandbox', '20260115T122959Z', 'Thu, 15 Jan 2026 12:30:00 GMT'],
  ['a function whose call took minutes of its clock', '20260115T121500Z', 'Thu, 15 Jan 2026 12:30:00 GMT'],
  ['a client outside', '20261122T100001Z', 'Sun, 22 Nov 2026 10:00:00 GMT'],
  ['a request that nobody signed', undefined, 'Sun, 22 Nov 2026 10:00:00 GMT'],
  ['a date that is none', 'yesterday', 'Sun, 22 Nov 2026 10:00:00 GMT'],
])('%s is answered by its own clock', (_who, signedAt, date) => {
  expect(dateOfAnswer(signedAt, SANDBOX, MACHINE)).toBe(date);
});
