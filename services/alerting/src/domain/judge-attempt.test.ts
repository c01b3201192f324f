import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Delivery } from './delivery.ts';
import { type Attempt, judgeAttempt, type SendOutcome } from './judge-attempt.ts';
import { LEASE_MS, unsureOf } from './lease.ts';

const NOW = Date.UTC(2026, 0, 15, 12);
const pending: Delivery = {
  alertId: 'one',
  channel: 'ops',
  recipient: 'C-ops',
  step: 0,
  wanted: 2,
  sent: -1,
  state: 'pending',
  plannedAt: NOW,
  wantedAt: NOW,
  attempts: 0,
  updatedAt: NOW,
  lease: { owner: 'me', until: NOW + LEASE_MS, revision: 2 },
};
const at = (now: number, revision = 2) => ({ revision, now, jitter: 0, hasStandIn: true, isPressing: false });
const later: SendOutcome = { kind: 'later', reason: 'answered with 503' };

test('what was sent is delivered, unless more is wanted by now', () => {
  const sent: SendOutcome = { kind: 'sent', receipt: 'C-ops:1' };

  expect(judgeAttempt(pending, sent, at(NOW)).delivery).toMatchObject({
    state: 'delivered',
    sent: 2,
    receipt: 'C-ops:1',
  });
  expect(judgeAttempt(pending, sent, at(NOW, 1))).toMatchObject({
    retryAfterMs: 0,
    delivery: { state: 'pending', sent: 1 },
  });
});

/** The waits between failures of one kind, until the channel is given up; and after how long that is, or undefined where it is not within `attempts`. */
function waitsOf(outcome: SendOutcome, attempt: Partial<Attempt> = {}, attempts = 60) {
  const waits: number[] = [];
  let [delivery, now] = [pending, NOW];
  for (let count = 0; count < attempts; count++) {
    const verdict = judgeAttempt(delivery, outcome, { ...at(now), ...attempt });
    delivery = verdict.delivery;
    if (verdict.retryAfterMs === undefined) return { waits, delivery, gaveUpAfterMs: now - NOW };
    waits.push(verdict.retryAfterMs);
    now += verdict.retryAfterMs;
  }
  return { waits, delivery };
}

test('what was sent before is remembered, once anything was', () => {
  const first = judgeAttempt(pending, { kind: 'sent' }, at(NOW)).delivery;
  const news = { ...first, wanted: 5, state: 'pending' as const };
  const second = judgeAttempt(news, { kind: 'sent' }, at(NOW, 5)).delivery;
  const again = judgeAttempt(second, { kind: 'sent' }, at(NOW, 5)).delivery;

  expect(first).not.toHaveProperty('sentBefore');
  expect([second, again]).toMatchObject([
    { sent: 5, sentBefore: 2 },
    { sent: 5, sentBefore: 2 },
  ]);
});

test('retries double from two seconds, and at the eighth failure another channel stands in', () => {
  const { waits, delivery } = waitsOf(later);

  expect(waits).toEqual([2_000, 4_000, 8_000, 16_000, 32_000, 64_000, 128_000]);
  expect(delivery).toMatchObject({ state: 'failed', reason: 'answered with 503' });
});

test('where nothing stands in, retries double to five minutes and go on for two hours', () => {
  const { waits, gaveUpAfterMs } = waitsOf(later, { hasStandIn: false });

  expect(waits.slice(6, 10)).toEqual([128_000, 256_000, 300_000, 300_000]);
  expect(gaveUpAfterMs).toBeGreaterThan(110 * 60_000);
  expect(gaveUpAfterMs).toBeLessThan(120 * 60_000);
});

test('a rate limit that names no time counts as no failure, and is asked again ever more rarely', () => {
  const limited: SendOutcome = { kind: 'later', reason: 'answered with 429', isLimited: true };
  const { waits, delivery, gaveUpAfterMs } = waitsOf(limited, { jitter: 0.5 });
  const pressing = waitsOf(limited, { jitter: 0.5, isPressing: true }, 20);

  expect(waits[0]).toBe(33_750);
  expect(Math.max(...waits)).toBe(300_000);
  expect(delivery.attempts).toBe(0);
  expect(gaveUpAfterMs).toBeGreaterThan(110 * 60_000);
  expect(new Set(pressing.waits)).toEqual(new Set([33_750]));
});

test('a limit that is met again and again is left alone for longer than it says, and never for less', () => {
  const limited: SendOutcome = { kind: 'later', reason: 'answered with 429', afterMs: 1_000, isLimited: true };
  const crowd = waitsOf(limited, { jitter: 0.5 }).waits;
  const patient = waitsOf({ ...limited, afterMs: 400_000 }, { jitter: 0.5 }).waits;

  expect(crowd.slice(0, 4)).toEqual([1_125, 1_125, 2_250, 4_500]);
  expect(Math.min(...patient)).toBe(450_000);
});

test('being told to wait is no failure, but not for ever', () => {
  const limited: SendOutcome = { ...later, afterMs: 30_000 };

  expect(judgeAttempt(pending, limited, at(NOW))).toMatchObject({
    retryAfterMs: 30_000,
    delivery: { attempts: 0, notBefore: NOW + 30_000 },
  });
  expect(judgeAttempt(pending, limited, at(NOW + 2 * 3_600_000)).gaveUp).toBe(true);
});

test('a channel that wants more patience than there is gives up at once, so that another stands in', () => {
  const patient = (afterMs: number) => judgeAttempt(pending, { ...later, afterMs }, at(NOW));

  expect(patient(2 * 3_600_000 - 1).gaveUp).toBe(false);
  expect(patient(3 * 3_600_000)).toMatchObject({
    gaveUp: true,
    delivery: { state: 'failed', notBefore: NOW + 3 * 3_600_000 },
  });
  expect(patient(Number.POSITIVE_INFINITY)).toMatchObject({ gaveUp: true, delivery: { notBefore: NOW + 86_400_000 } });
});

test('what was sent, or failed otherwise, need not wait for what the channel said before', () => {
  const told = judgeAttempt(pending, { ...later, afterMs: 30_000 }, at(NOW)).delivery;

  expect(judgeAttempt(told, { kind: 'sent' }, at(NOW + 30_000)).delivery).not.toHaveProperty('notBefore');
  expect(judgeAttempt(told, later, at(NOW + 30_000)).delivery).not.toHaveProperty('notBefore');
});

test('an attempt that nobody answered leaves the time in which it may have been heard, until something is sent', () => {
  const first = judgeAttempt(pending, { ...later, isUnsure: true }, at(NOW + 900)).delivery;
  const second = judgeAttempt(
    { ...first, lease: { owner: 'me', until: NOW + 5_000 + LEASE_MS, revision: 2 } },
    later,
    at(NOW + 6_000),
  ).delivery;
  const sent = judgeAttempt(second, { kind: 'sent' }, at(NOW + 9_000)).delivery;

  expect([first.unsure, second.unsure, sent.unsure]).toEqual([
    { since: NOW, until: NOW + 900 },
    { since: NOW, until: NOW + 900 },
    undefined,
  ]);
});

test('a lease that ran out says when its worker may have sent', () => {
  expect(unsureOf(pending)).toEqual({ since: NOW, until: NOW + LEASE_MS });
  expect(unsureOf({ ...pending, unsure: { since: NOW - 5, until: NOW } })).toEqual({
    since: NOW - 5,
    until: NOW + LEASE_MS,
  });
});

test('a hostile reason is cut, and keeps no control character', () => {
  const { delivery } = judgeAttempt(pending, { kind: 'never', reason: `\u0000${'x'.repeat(1_000_000)}` }, at(NOW));

  expect(delivery.reason).toHaveLength(300);
  expect(delivery.reason).toMatch(/^ x+…$/);
});

test('every row of outcomes ends in delivered or failed, with a reason where it failed', () => {
  const outcome = fc.oneof(
    fc.constant<SendOutcome>({ kind: 'sent' }),
    fc.constant<SendOutcome>(later),
    fc.record({ kind: fc.constant('later' as const), reason: fc.string(), isUnsure: fc.boolean() }),
    fc.record({
      kind: fc.constant('later' as const),
      reason: fc.string(),
      afterMs: fc.integer({ min: 1_000, max: 900_000 }),
    }),
    fc.record({ kind: fc.constant('never' as const), reason: fc.string() }),
  );
  fc.assert(
    fc.property(fc.infiniteStream(outcome), (outcomes) => {
      let [delivery, now] = [pending, NOW];
      for (const one of outcomes) {
        const verdict = judgeAttempt(delivery, one, at(now));
        delivery = verdict.delivery;
        expect(delivery.lease).toBeUndefined();
        if (verdict.retryAfterMs === undefined) break;
        now += Math.max(1_000, verdict.retryAfterMs);
        expect(now - NOW).toBeLessThan(3 * 3_600_000);
      }
      expect(['delivered', 'failed']).toContain(delivery.state);
      if (delivery.state === 'failed') expect(delivery.reason).toBeDefined();
    }),
  );
});
