import { expect, test } from '@jest/globals';
import { GuardrailConfig } from './guardrail-config.ts';

test.each([
  [3, 3],
  [720, 720],
  [721, 720],
  [1_440, 720],
])('of %d minutes without a verdict %d are waited for', (written, read) => {
  expect(GuardrailConfig.parse({ verdictMinutes: written }).verdictMinutes).toBe(read);
});

test.each([2, 1_441])('%d minutes without a verdict are refused', (verdictMinutes) => {
  expect(GuardrailConfig.safeParse({ verdictMinutes }).success).toBe(false);
});

test('who says nothing waits an hour for a verdict', () => {
  expect(GuardrailConfig.parse({}).verdictMinutes).toBe(60);
});
