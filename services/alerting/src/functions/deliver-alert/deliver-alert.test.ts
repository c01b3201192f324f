import { expect, test } from '@jest/globals';
import type { Severity } from '@lamplighter/contracts';
import { MemoryOutbox } from '../../../test/memory-outbox.ts';
import { signal } from '../../../test/signals.ts';
import { testPolicy } from '../../../test/test-policy.ts';
import type { SendOutcome } from '../../domain/judge-attempt.ts';
import type { DeliveryOrder } from '../../ports.ts';
import { acceptSignals } from '../accept-event/accept-event.ts';
import { deliverAlert } from './deliver-alert.ts';

const NOW = Date.UTC(2026, 0, 15, 12);
const MINUTE_MS = 60_000;
/** As long as a message of SQS may wait. */
const LONGEST_ORDER_MS = 15 * MINUTE_MS;

/** One recipient whose channel answers as it is told, and the orders for it, none later than SQS can keep it. */
async function oneDelivery(
  answers: SendOutcome[],
  { severity = 'warning', fallbacks = ['hook', 'pager'] }: { severity?: Severity; fallbacks?: string[] } = {},
) {
  const outbox = new MemoryOutbox();
  const policy = async () => ({ ...testPolicy('http://127.0.0.1:1'), fallbacks: { ops: fallbacks } });
  const sentAt: number[] = [];
  const orders: { order: DeliveryOrder; dueAt: number }[] = [];
  let now = NOW;
  const deps = {
    outbox,
    policy,
    channel: async () => async () => {
      sentAt.push(now - NOW);
      return answers.shift() ?? ({ kind: 'sent' } as const);
    },
    order: async (some: readonly DeliveryOrder[], delayMs: number) => {
      for (const order of some) orders.push({ order, dueAt: now + Math.min(delayMs, LONGEST_ORDER_MS) });
    },
    answerUrl: async () => undefined,
    now: () => now,
    jitter: () => 0,
    owner: 'me',
  };
  const accept = (...args: Parameters<typeof signal>) => acceptSignals([signal(...args)], deps);
  await accept('db', { severity });
  const [first] = outbox.deliveries();
  await deliverAlert(first!, deps);
  return {
    sentAt,
    outbox,
    accept,
    deliver: () => deliverAlert(first!, deps),
    passUntil: async (endMs: number) => {
      for (let next = orders.shift(); next !== undefined && next.dueAt <= NOW + endMs; next = orders.shift()) {
        now = next.dueAt;
        await deliverAlert(next.order, deps);
      }
    },
  };
}

const toldToWait: SendOutcome = { kind: 'later', reason: 'answered with 429', afterMs: 40 * MINUTE_MS };

test('a wait that is longer than an order may be is kept all the same', async () => {
  const { sentAt, passUntil, outbox } = await oneDelivery([toldToWait]);

  await passUntil(60 * MINUTE_MS);

  expect(sentAt).toEqual([0, 40 * MINUTE_MS]);
  expect(outbox.deliveries()).toMatchObject([{ state: 'delivered' }]);
});

test('news does not disturb a channel that has asked for time, and is told with the rest', async () => {
  const { sentAt, accept, deliver, passUntil, outbox } = await oneDelivery([toldToWait]);

  await accept('db', { severity: 'warning', revision: 1, approvals: [] });
  await deliver();
  const before = [...sentAt];
  await passUntil(60 * MINUTE_MS);

  expect(before).toEqual([0]);
  expect(sentAt).toEqual([0, 40 * MINUTE_MS]);
  expect(outbox.deliveries()).toMatchObject([{ state: 'delivered', wanted: 1, sent: 1 }]);
});

test('what becomes critical while its channel has asked for time is told by another at once, and by one alone', async () => {
  const { sentAt, accept, deliver, outbox } = await oneDelivery([toldToWait]);

  await accept('db', { severity: 'critical', revision: 1 });
  await deliver();
  await accept('db', { severity: 'critical', revision: 2, approvals: [] });
  await deliver();

  expect(sentAt).toEqual([0]);
  expect(outbox.deliveries()).toMatchObject([
    { channel: 'ops', wanted: 2, sent: -1 },
    { channel: 'hook', fallbackOf: 'ops', state: 'pending', wanted: 2 },
  ]);
  expect(outbox.deliveries()).toHaveLength(2);
});

test('a critical alert whose channel asks for more time than its own retries take is told by another at once', async () => {
  const { passUntil, outbox } = await oneDelivery([toldToWait], { severity: 'critical' });

  await passUntil(0);

  expect(outbox.deliveries()).toMatchObject([
    { channel: 'ops', state: 'failed', reason: expect.stringMatching(/2026-01-15T12:40/) },
    { channel: 'hook', state: 'pending' },
  ]);
});

test('a critical alert waits for its channel where that asks for little, or nothing stands in for it', async () => {
  const brief = await oneDelivery([{ ...toldToWait, afterMs: MINUTE_MS }], { severity: 'critical' });
  const alone = await oneDelivery([toldToWait], { severity: 'critical', fallbacks: [] });

  await brief.passUntil(60 * MINUTE_MS);
  await alone.passUntil(60 * MINUTE_MS);

  expect([brief.sentAt, alone.sentAt]).toEqual([
    [0, MINUTE_MS],
    [0, 40 * MINUTE_MS],
  ]);
});

test('news waits, too, for a channel that was given up because it asked for hours', async () => {
  const { sentAt, accept, deliver, passUntil } = await oneDelivery([{ ...toldToWait, afterMs: 180 * MINUTE_MS }]);

  await accept('db', { severity: 'warning', revision: 1, approvals: [] });
  await deliver();
  await passUntil(240 * MINUTE_MS);

  expect(sentAt).toEqual([0, 180 * MINUTE_MS]);
});

test('a rate limit without a time is waited out where nothing stands in', async () => {
  const limited: SendOutcome = { kind: 'later', reason: 'answered with 429', isLimited: true };
  const { passUntil, outbox } = await oneDelivery(
    Array.from({ length: 12 }, () => limited),
    { fallbacks: [] },
  );

  await passUntil(120 * MINUTE_MS);

  expect(outbox.deliveries()).toMatchObject([{ state: 'delivered', attempts: 1 }]);
});

test('an outage of the only channel is waited out', async () => {
  const down: SendOutcome = { kind: 'later', reason: 'answered with 503' };
  const { passUntil, outbox } = await oneDelivery(
    Array.from({ length: 12 }, () => down),
    { fallbacks: [] },
  );

  await passUntil(60 * MINUTE_MS);

  expect(outbox.deliveries()).toMatchObject([{ state: 'delivered', attempts: 13 }]);
});

test('what is critical waits no longer in all where its channel asks for little again and again', async () => {
  const { passUntil, outbox, sentAt } = await oneDelivery(
    Array.from({ length: 40 }, () => ({ ...toldToWait, afterMs: 7_000 })),
    { severity: 'critical' },
  );

  await passUntil(6 * MINUTE_MS);

  expect(sentAt.at(-1)).toBeLessThan(5 * MINUTE_MS);
  expect(outbox.deliveries()).toMatchObject([
    { channel: 'ops', state: 'failed', reason: expect.stringMatching(/left alone/) },
    { channel: 'hook', fallbackOf: 'ops' },
  ]);
});
