import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  ENVIRONMENT,
  end,
  INIT_START,
  invocation,
  jsonReport,
  nodeLine,
  report,
  requestId,
  start,
  story,
} from '../../test/log-story.ts';
import { attributeStream, type LogEvent, NEIGHBOURHOOD_MS } from '../index.ts';

const SOURCES = [ENVIRONMENT, { logStream: 'pasted' }];

/** Any line at all, the platform's look-alikes among them. */
const anyLine = fc.oneof(
  fc.string(),
  fc.constantFrom(
    INIT_START,
    'plain',
    '{"level":"INFO","message":"x"}',
    '[ERROR] ValueError: x\nTraceback (most recent call last)',
  ),
  fc.nat(4).chain((index) => {
    const id = requestId(index);
    return fc.constantFrom(
      start(id),
      end(id),
      report(id, 7),
      nodeLine(id, 'hi'),
      jsonReport(id, 3),
      `RequestId: ${id} Error: Runtime exited`,
    );
  }),
);
const anyStream = fc.array(fc.tuple(fc.nat(3_000_000), anyLine), { maxLength: 40 }).map((lines) => story(...lines));

/** What one invocation may hold: lines, quotes of its own and of other requests' records. */
const innerLines = (id: string) =>
  fc.array(
    fc.oneof(
      fc.constantFrom('plain', nodeLine(id, 'hi')),
      fc.constantFrom(start(id), end(id), report(id, 1), report(requestId(500), 2), start(requestId(500))),
    ),
    { maxLength: 6 },
  );

/** A real environment: invocations one after another, some long, pauses between them, after an initialisation. */
const realStream = fc
  .array(
    fc.record({ pauseMs: fc.integer({ min: 1, max: 1_200_000 }), durationMs: fc.integer({ min: 20, max: 900_000 }) }),
    { minLength: 1, maxLength: 8 },
  )
  .chain((plans) => fc.tuple(fc.constant(plans), fc.tuple(...plans.map((_, index) => innerLines(requestId(index))))))
  .map(([plans, inner]) => {
    let at = 0;
    const lines: (readonly [number, string])[] = [[0, INIT_START]];
    plans.forEach(({ pauseMs, durationMs }, index) => {
      at += pauseMs;
      lines.push(...invocation(requestId(index), at, durationMs, inner[index] ?? []), [at + durationMs + 1, 'flushed']);
      at += durationMs + 2;
    });
    return { events: story(...lines), plans };
  });

const told = (events: readonly LogEvent[], source = ENVIRONMENT) => {
  const attribution = attributeStream(events, source);
  return {
    attempts: attribution.attempts,
    strays: attribution.strays,
    lines: attribution.attempts.map(attribution.linesOf),
  };
};

describe('any stream', () => {
  test('is told the same whatever the order and the copies of its events', () => {
    const shuffled = anyStream.chain((events) =>
      fc.tuple(fc.constant(events), fc.shuffledSubarray([...events, ...events], { minLength: events.length * 2 })),
    );
    fc.assert(
      fc.property(shuffled, fc.constantFrom(...SOURCES), ([events, mixed], source) => {
        expect(told(mixed, source)).toEqual(told(events, source));
      }),
    );
  });

  test('has every event accounted for once', () => {
    fc.assert(
      fc.property(anyStream, fc.constantFrom(...SOURCES), (events, source) => {
        const { attempts, strays, lines } = told(events, source);
        const ids = [...strays, ...lines.flat().map(({ event }) => event)].map(({ id }) => id);
        expect(ids.sort()).toEqual(events.map(({ id }) => id).sort());
        attempts.forEach(({ eventCount, logLines }, index) => {
          expect(lines[index]).toHaveLength(eventCount);
          expect(lines[index]?.filter((line) => line.source === 'application')).toHaveLength(logLines);
        });
      }),
    );
  });
});

describe('a real environment', () => {
  test('has each invocation with its own figures, whatever its lines say', () => {
    fc.assert(
      fc.property(realStream, ({ events, plans }) => {
        const { attempts, strays } = told(events);
        const figures = attempts.map(({ requestId: id, durationMs, status, missing }) => ({
          id,
          durationMs,
          status,
          missing,
        }));
        expect(figures).toEqual(
          plans.map(({ durationMs }, index) => ({ id: requestId(index), durationMs, status: 'success', missing: [] })),
        );
        expect(strays.every(({ message }) => message === INIT_START)).toBe(true);
      }),
    );
  });

  test('is told the same from the events around each attempt as from all', () => {
    fc.assert(
      fc.property(realStream, fc.double({ min: 0, max: 0.2, noNaN: true }), fc.nat(), ({ events }, lost, seed) => {
        const kept = events.filter((_, index) => ((index * 7919 + seed) % 100) / 100 >= lost);
        const whole = attributeStream(kept, ENVIRONMENT);
        for (const attempt of whole.attempts) {
          if (attempt.missing.length > 0) continue;
          const own = whole.linesOf(attempt).map(({ event }) => event.timestamp);
          const from = Math.min(...own) - 2 * NEIGHBOURHOOD_MS;
          const to = Math.max(...own) + 2 * NEIGHBOURHOOD_MS;
          const near = kept.filter(({ timestamp }) => timestamp >= from && timestamp <= to);
          expect(attributeStream(near, ENVIRONMENT).attempts).toContainEqual(attempt);
        }
      }),
    );
  });
});
