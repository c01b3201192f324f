import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Attempt } from './invocation.ts';
import { mergeAttempts, uniteAttempts } from './merge-attempts.ts';

const attempt = fc.record({
  requestId: fc.constant('id'),
  logStream: fc.constantFrom('a', 'b'),
  ordinal: fc.nat(2),
  coldStart: fc.boolean(),
  status: fc.constantFrom('success' as const, 'error' as const),
  messages: fc.array(fc.record({ stream: fc.constantFrom('s', 't'), sequenceNumber: fc.constantFrom('9', '10') }), {
    maxLength: 2,
  }),
  logLines: fc.nat(9),
  eventCount: fc.nat(3),
  missing: fc.subarray(['end', 'report'] as const),
  startedAt: fc.nat(5),
  billedDurationMs: fc.nat(9),
});
const attempts = fc.array(attempt, { maxLength: 8 });

describe('uniteAttempts', () => {
  test('is commutative, associative and idempotent', () => {
    fc.assert(
      fc.property(attempts, attempts, attempts, (a, b, c) => {
        const all = uniteAttempts([...a, ...b, ...c]);
        expect(uniteAttempts([...c, ...b, ...a])).toEqual(all);
        expect(uniteAttempts([...uniteAttempts([...a, ...b]), ...c])).toEqual(all);
        expect(uniteAttempts([...a, ...uniteAttempts([...b, ...c])])).toEqual(all);
        expect(uniteAttempts([...all, ...all])).toEqual(all);
      }),
    );
  });

  test('keeps the derivation from more events for each place in a stream', () => {
    const older = { logStream: 'a', ordinal: 0, eventCount: 2, requestId: 'id' } as Attempt;
    const newer = { ...older, eventCount: 3 };
    expect(uniteAttempts([newer, older])).toEqual([newer]);
    expect(uniteAttempts([older, newer])).toEqual([newer]);
  });
});

describe('mergeAttempts', () => {
  test('does not depend on order and copies', () => {
    const some = fc.array(attempt, { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(
        some.chain((given) =>
          fc.tuple(fc.constant(given), fc.shuffledSubarray([...given, ...given], { minLength: given.length * 2 })),
        ),
        ([given, mixed]) => {
          expect(mergeAttempts(mixed)).toEqual(mergeAttempts(given));
        },
      ),
    );
  });

  test('takes the outcome of the last attempt and adds up what each one cost', () => {
    const first: Attempt = {
      requestId: 'id',
      logStream: 'b',
      ordinal: 0,
      startedAt: 10,
      endedAt: 20,
      coldStart: true,
      status: 'error',
      errorType: 'Oops',
      traceId: '1-a',
      billedDurationMs: 5,
      messages: [{ stream: 's', sequenceNumber: '10' }],
      logLines: 2,
      eventCount: 5,
      missing: ['end'],
    };
    const last: Attempt = {
      requestId: 'id',
      logStream: 'a',
      ordinal: 0,
      startedAt: 70,
      endedAt: 80,
      coldStart: false,
      status: 'success',
      durationMs: 7,
      billedDurationMs: 7,
      messages: [
        { stream: 's', sequenceNumber: '9' },
        { stream: 's', sequenceNumber: '10' },
      ],
      logLines: 1,
      eventCount: 4,
      missing: [],
    };
    expect(mergeAttempts([last, first])).toEqual({
      ...last,
      attempts: [first, last],
      startedAt: 10,
      traceId: '1-a',
      billedDurationMs: 12,
      messages: [
        { stream: 's', sequenceNumber: '9' },
        { stream: 's', sequenceNumber: '10' },
      ],
      logLines: 3,
      eventCount: 9,
      missing: ['end'],
    });
    expect(mergeAttempts([first])).toEqual({ ...first, attempts: [first] });
  });

  test('requires attempts, of one request', () => {
    expect(() => mergeAttempts([])).toThrow(new RangeError('mergeAttempts requires at least 1 attempt'));
    const one = { requestId: 'a', logStream: 's', ordinal: 0 } as Attempt;
    expect(() => mergeAttempts([one, { ...one, requestId: 'b' }])).toThrow(RangeError);
  });
});
