import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { DateTime } from 'luxon';
import type { QuietHours, Rota } from '../policy/policy.ts';
import { onCall } from './on-call.ts';
import { quietUntil } from './quiet-hours.ts';

/** Clocks that change in spring and autumn, in the other order, by half an hour, at midnight, on a Friday, never. */
const ZONES = [
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'Africa/Cairo',
  'America/Santiago',
  'Asia/Kathmandu',
  'UTC',
];
const zone = fc.constantFrom(...ZONES);
const instant = fc.integer({ min: Date.UTC(2018, 0, 1), max: Date.UTC(2034, 0, 1) });
const clockTime = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
  .map(([h, m]) => `${String(h).padStart(2, '0')}:${String(m).padStart(2, '0')}`);
const PEOPLE = ['anna', 'ben', 'cleo'];

const rota = fc.record({
  zone,
  people: fc.constant(PEOPLE),
  since: fc.constantFrom('2017-12-31', '2020-02-29', '2026-03-29', '2033-11-06'),
  handOver: fc.oneof(
    fc.record({ every: fc.constant('day' as const), at: clockTime }),
    fc.record({ every: fc.constant('week' as const), weekday: fc.integer({ min: 1, max: 7 }), at: clockTime }),
  ),
  overrides: fc.constant([]),
}) as fc.Arbitrary<Rota>;

test('the person changes at the local time of the hand-over and nowhere else, to the next in the row', () => {
  fc.assert(
    fc.property(rota, instant, (settings, at) => {
      const local = DateTime.fromMillis(at, { zone: settings.zone });
      const [hour, minute] = settings.handOver.at.split(':').map(Number);
      const today = local.startOf('day').set({ hour: hour!, minute: minute! });
      const isHandOverDay = settings.handOver.every === 'day' || local.weekday === settings.handOver.weekday;
      const before = PEOPLE.indexOf(onCall(settings, today.toMillis() - 1));
      const after = PEOPLE.indexOf(onCall(settings, today.toMillis()));
      expect(after).toBe((before + (isHandOverDay ? 1 : 0)) % PEOPLE.length);
      // Between this hand-over and midnight nothing changes.
      const later = today.toMillis() + Math.floor((local.endOf('day').toMillis() - today.toMillis()) / 2);
      expect(onCall(settings, later)).toBe(PEOPLE[after]);
    }),
    { numRuns: 500 },
  );
});

test('a stand-in is on call from and until the local times', () => {
  const settings: Rota = {
    zone: 'Europe/Berlin',
    people: PEOPLE,
    since: '2026-01-05',
    handOver: { every: 'week', weekday: 1, at: '09:00' },
    overrides: [{ person: 'ben', from: '2026-03-29T01:30', until: '2026-03-29T03:30' }],
  };
  const instants = [
    Date.UTC(2026, 2, 29, 0, 29),
    Date.UTC(2026, 2, 29, 0, 30),
    Date.UTC(2026, 2, 29, 1, 29),
    Date.UTC(2026, 2, 29, 1, 30),
  ];

  // 02:00 to 03:00 does not exist that night: the shift lasts one hour.
  expect(instants.map((utc) => onCall(settings, utc))).toEqual(['cleo', 'ben', 'ben', 'cleo']);
});

const quiet = fc.record({
  zone,
  from: clockTime,
  until: clockTime,
  weekdays: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 6 }),
  below: fc.constantFrom('warning' as const, 'critical' as const),
}) as fc.Arbitrary<QuietHours>;

test('quiet hours hold nothing critical, end in the future, and are over when they end', () => {
  fc.assert(
    fc.property(quiet, instant, (settings, at) => {
      expect(quietUntil(settings, 'critical', at)).toBeUndefined();
      const until = quietUntil(settings, 'info', at);
      if (until === undefined) return;
      expect(until).toBeGreaterThan(at);
      expect(until - at).toBeLessThanOrEqual(8 * 86_400_000);
      expect(quietUntil(settings, 'info', until)).toBeUndefined();
    }),
    { numRuns: 500 },
  );
});

test('a quiet night is an hour shorter or longer when the clocks change', () => {
  const settings: QuietHours = {
    zone: 'Europe/Berlin',
    from: '22:00',
    until: '07:00',
    weekdays: [1, 2, 3, 4, 5, 6, 7],
    below: 'critical',
  };

  expect(quietUntil(settings, 'info', Date.UTC(2026, 2, 28, 21))).toBe(Date.UTC(2026, 2, 29, 5));
  expect(quietUntil(settings, 'info', Date.UTC(2026, 9, 24, 20))).toBe(Date.UTC(2026, 9, 25, 6));
  expect(quietUntil(settings, 'info', Date.UTC(2026, 9, 25, 6))).toBeUndefined();
});
