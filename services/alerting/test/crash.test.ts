import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Crash, CrashingWorld, type SlackTrouble } from './crashing-world.ts';
import { signal } from './signals.ts';

const START_MS = Date.UTC(2026, 2, 29, 0, 58);
const MINUTE_MS = 60_000;

/** The life of an alert: two subjects, an escalation over the change of the clocks, somebody takes it on, both recover. */
async function live(crash?: Crash, trouble?: () => SlackTrouble) {
  const world = new CrashingWorld(START_MS, crash, trouble);
  const group = { groupKey: 'shared', at: START_MS };
  await world.accept(signal('a', group), signal('b', group));
  await world.pass(5 * MINUTE_MS);
  await world.answer({ kind: 'acknowledge', by: 'anna' });
  await world.accept(signal('a', { ...group, kind: 'resolve', revision: 1 }));
  await world.accept(signal('b', { ...group, kind: 'resolve', revision: 1 }));
  return world;
}

/** What people see in the end, and what the outbox says. */
function endOf({ slack, outbox, published }: CrashingWorld) {
  const conversations = ['C0OPS', 'U0ANNA', 'U0BEN', 'U0CLEO'];
  return {
    roots: conversations.map((name) => slack.roots(name).map(({ text }) => text)),
    replies: conversations.map((name) =>
      slack
        .replies(name)
        .map(({ metadata }) => (metadata as { event_payload: { revision: number } }).event_payload.revision),
    ),
    alerts: [...outbox.alerts.values()].map(({ value: { state, occurrences, stepsTaken } }) => ({
      state,
      occurrences,
      stepsTaken,
    })),
    deliveries: outbox
      .deliveries()
      .map(({ channel, recipient, state, wanted, sent }) => ({ channel, recipient, state, missing: wanted - sent })),
    changes: [...new Set(published)].filter((key) => !key.includes('delivered')).length,
  };
}

test('without a crash the alert stands once where it was told, with each change below it', async () => {
  const end = endOf(await live());

  expect(end.roots.flat()).toEqual([':white_check_mark: a is broken', ':white_check_mark: a is broken']);
  expect(end.alerts).toEqual([{ state: 'closed', occurrences: 2, stepsTaken: 2 }]);
  expect(end.deliveries.every(({ state, missing }) => state === 'delivered' && missing === 0)).toBe(true);
});

test.each(['before', 'after'] as const)(
  'a worker that dies %s any one call of any function loses and doubles nothing',
  async (when) => {
    const calm = await live();
    const expected = endOf(calm);
    const outcomes: string[] = [];
    for (let nth = 1; nth <= calm.calls; nth++) {
      const end = endOf(await live({ nth, when }));
      const isSame = JSON.stringify({ ...end, replies: [] }) === JSON.stringify({ ...expected, replies: [] });
      // A reply that came too late to be news is left out; none stands there twice.
      const areOnce = end.replies.every((revisions) => new Set(revisions).size === revisions.length);
      if (!isSame || !areOnce) outcomes.push(`${nth}: ${JSON.stringify(end)}`);
    }

    expect(calm.calls).toBeGreaterThan(40);
    expect(outcomes).toEqual([]);
  },
);

test('a Slack that takes messages without an answer, limits and fails, in any order, shows nothing twice', async () => {
  const trouble = fc.constantFrom<SlackTrouble>(
    'none',
    'none',
    'none',
    'limited',
    'taken-unanswered',
    'not-taken-unanswered',
  );
  const crash = fc.record({
    nth: fc.integer({ min: 1, max: 60 }),
    when: fc.constantFrom('before' as const, 'after' as const),
  });
  await fc.assert(
    fc.asyncProperty(fc.infiniteStream(trouble), crash, async (troubles, where) => {
      const next = troubles[Symbol.iterator]();
      const { roots, replies, deliveries } = endOf(await live(where, () => next.next().value ?? 'none'));
      expect(roots.every((texts) => texts.length <= 1)).toBe(true);
      expect(replies.every((revisions) => new Set(revisions).size === revisions.length)).toBe(true);
      expect(deliveries.filter(({ state }) => state === 'pending')).toEqual([]);
    }),
    { numRuns: 200 },
  );
});
