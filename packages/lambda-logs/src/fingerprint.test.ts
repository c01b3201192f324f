import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { fingerprintOf } from './fingerprint.ts';
import { parseLogEvent } from './records/parse-log-event.ts';

const templateOf = (message: string) => fingerprintOf('Error', message).template;

describe('fingerprintOf', () => {
  test.each([
    ['Task timed out after 3.00 seconds', 'Task timed out after <n> seconds'],
    [
      "local variable 'single_log_entry' referenced before assignment",
      'local variable <text> referenced before assignment',
    ],
    [
      "Unable to import module 'app': No module named 'rooms'",
      'Unable to import module <text>: No module named <text>',
    ],
    ['connect ECONNREFUSED 127.0.0.1:5432', 'connect ECONNREFUSED <address>'],
    [
      'RequestId: d88fc138-1756-4e8f-b887-d44851c12b84 Error: exit status 137',
      'RequestId: <id> Error: exit status <n>',
    ],
    ["guest can't pay booking #4711 of 2026-01-15T10:00:00.120Z", "guest can't pay booking #<n> of <time>"],
    ['no room for ada@example.org in S3 bucket guests-123456789012', 'no room for <address> in S3 bucket guests-<n>'],
    ['trace 1-5e73162b-191912592f4549e1c39be012 at 0x7f3a', 'trace <id> at <id>'],
    ['The security token AKIA0123456789ABCDEF01 is invalid', 'The security token <id> is invalid'],
    ['cannot read   "a"\n    at handler (/var/task/index.js:3:9)', 'cannot read <text>'],
    ['x is not defined', 'x is not defined'],
    ['Request failed with status code 503', 'Request failed with status code 503'],
    ['HTTP 429 of guest 4711, retried 503 times', 'HTTP 429 of guest <n>, retried <n> times'],
    ['status code 5031 of HTTP 999', 'status code <n> of HTTP <n>'],
  ])('masks what varies in %j', (message, template) => {
    expect(templateOf(message)).toBe(template);
  });

  test('is one for occurrences of one error, and another for another type or text', () => {
    const first = fingerprintOf('RangeError', 'amount -3 below zero of 6b8f0c1e-1111-4111-8111-111111111111');
    const second = fingerprintOf('RangeError', 'amount -14.50 below zero of 9a8f0c1e-2222-4222-8222-222222222222');

    expect(second).toEqual(first);
    expect(first.fingerprint).toMatch(/^[0-9a-f]{16}$/);
    expect(fingerprintOf('TypeError', 'amount -3 below zero').fingerprint).not.toBe(first.fingerprint);
    expect(fingerprintOf('RangeError', 'amount above limit').fingerprint).not.toBe(first.fingerprint);
  });

  test('is one whether or not the message begins with its type', () => {
    const bare = fingerprintOf('PaymentRefused', 'card 4711 refused');
    expect(bare.template).toBe('card <n> refused');
    expect(fingerprintOf('PaymentRefused', 'PaymentRefused: card 4711 refused')).toEqual(bare);
    expect(fingerprintOf('PaymentRefused', 'Error: card 4711 refused')).not.toEqual(bare);
    expect(fingerprintOf(undefined, ': card 4711 refused')).not.toEqual(bare);
  });

  test('of an error without a message is told by its type', () => {
    expect(fingerprintOf('Runtime.OutOfMemory', undefined)).toEqual(fingerprintOf('Runtime.OutOfMemory', ' '));
    expect(fingerprintOf('Runtime.OutOfMemory', undefined)).not.toEqual(fingerprintOf(undefined, undefined));
  });

  test('is stable where a mask is masked again: templates are their own templates', () => {
    const lines = readFileSync(new URL('../fixtures/other-lines.jsonl', import.meta.url), 'utf8')
      .trim()
      .split('\n');
    const errors = lines
      .map((line) => parseLogEvent({ message: (JSON.parse(line) as { message: string }).message }))
      .flatMap((record) => (record.kind === 'application' && record.error ? [record.error] : []));
    expect(errors.length).toBeGreaterThan(5);
    for (const { type, message } of errors) {
      const { fingerprint, template } = fingerprintOf(type, message);
      expect(template).not.toMatch(/\d{3}/);
      if (template.length < 200) expect(fingerprintOf(type, template).fingerprint).toBe(fingerprint);
    }
  });

  test('does not depend on the figures of a message', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), fc.uuid(), fc.uuid(), (a, b, one, other) => {
        expect(fingerprintOf('E', `room ${a} of ${one} is taken`)).toEqual(
          fingerprintOf('E', `room ${b} of ${other} is taken`),
        );
      }),
    );
  });

  test('of anything is short text', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 5_000, unit: 'binary' }), (message) => {
        expect(fingerprintOf(undefined, message).template.length).toBeLessThanOrEqual(200);
      }),
    );
  });
});
