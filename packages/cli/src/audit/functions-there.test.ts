import { expect, test } from '@jest/globals';
import { functionsThere } from './functions-there.ts';
import type { AuditSource } from './source/audit-source.ts';

const sourceOf = (...names: readonly string[]): AuditSource => ({
  name: 'a test',
  ask: async () => ({
    kind: 'functions',
    functions: names.map((functionName) => ({
      functionName,
      accountId: '123456789012',
      region: 'us-east-1',
      logGroup: `/aws/lambda/${functionName}`,
    })),
  }),
});

test('the functions that were seen are named, each once', async () => {
  expect(await functionsThere(sourceOf('pay', 'book', 'pay'))).toBe('Functions there: book, pay.');
});

test('of many, ten are named', async () => {
  const names = Array.from({ length: 30 }, (_, at) => `f${at + 10}`);

  expect(await functionsThere(sourceOf(...names))).toBe(
    'Functions there: f10, f11, f12, f13, f14, f15, f16, f17, f18, f19, ….',
  );
});

test('where nothing was seen, that is said', async () => {
  expect(await functionsThere(sourceOf())).toBe('No function was seen there.');
});
