import { expect, test } from '@jest/globals';
import type { FunctionChange } from '@lamplighter/contracts';
import { sayChange } from './say-change.ts';

const say = (told: Partial<FunctionChange>): string =>
  sayChange({
    ...{ changeId: 'c', accountId: '123456789012', region: 'us-east-1', functionName: 'pay', at: 0 },
    ...{ source: 'cloudtrail', kind: 'code', version: '$LATEST' },
    ...told,
  });

test.each<[Partial<FunctionChange>, string]>([
  [
    { by: 'deployer/anna', via: 'cloudformation.amazonaws.com' },
    'new code of $LATEST by deployer/anna (through cloudformation.amazonaws.com)',
  ],
  [{ source: 'lambda' }, 'new code of $LATEST'],
  [{ kind: 'version', version: '8', by: 'anna' }, 'version 8 published by anna'],
  [{ kind: 'version', version: '8', source: 'logs' }, 'version 8 called for the first time'],
  [{ kind: 'alias', alias: 'live', version: '8' }, 'alias live set to version 8'],
  [
    { kind: 'alias', alias: 'live', version: '7', settings: [{ name: 'routing', after: '10 % to version 8' }] },
    'alias live set to version 7, 10 % to version 8',
  ],
  [
    { kind: 'configuration', settings: [{ name: 'memorySize', before: '1024', after: '512' }] },
    'configuration: memorySize 1024 → 512',
  ],
  [
    { kind: 'configuration', source: 'logs', settings: [{ name: 'memorySize', before: '1024', after: '512' }] },
    'configuration first seen: memorySize 1024 → 512',
  ],
  [{ kind: 'configuration' }, 'configuration changed: environment variables, or a setting that is not told'],
  [{ kind: 'deletion' }, 'function deleted'],
])('%j is told as "%s"', (told, text) => {
  expect(say(told)).toBe(text);
});

test('names from outside stay data, on one line, and short', () => {
  const text = say({ by: `anna\u001b[2J\n${'x'.repeat(290)}`, version: '\u202e8' });
  expect(text).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  expect(text.length).toBeLessThan(190);
});

test('the person of a long role is told whole', () => {
  const by = `${'AWSReservedSSO_AdministratorAccess_0123456789abcdef'.padEnd(64, 'x')}/${'anna.smith@example.com'.padStart(64, '.')}`;

  expect(say({ by })).toBe(`new code of $LATEST by ${by}`);
});
