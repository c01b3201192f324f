import { expect, test } from '@jest/globals';
import { MemoryOutbox } from '../../../test/memory-outbox.ts';
import { signal } from '../../../test/signals.ts';
import { testPolicy } from '../../../test/test-policy.ts';
import type { DeliveryOrder } from '../../ports.ts';
import { acceptSignals } from '../accept-event/accept-event.ts';
import { type RelayOutboxDeps, relayOutbox } from './relay-outbox.ts';

const START = Date.UTC(2026, 0, 15, 12);

/** What two alerts that were just opened set in motion, and what was heard of it. */
async function relayed(trouble: Partial<RelayOutboxDeps>) {
  const outbox = new MemoryOutbox();
  const policy = async () => testPolicy('http://127.0.0.1:1');
  for (const id of ['a', 'b']) await acceptSignals([signal(id)], { outbox, policy, now: () => START });
  const ordered: DeliveryOrder[] = [];
  const started: string[] = [];
  const unpublished: number[] = [];
  const ending = relayOutbox(outbox.stream, {
    outbox,
    order: async (orders) => {
      ordered.push(...orders);
    },
    startEscalation: async (alertId) => {
      started.push(alertId);
    },
    publish: async () => {},
    unpublished: (count) => unpublished.push(count),
    ...trouble,
  });
  const error = await ending.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return { error, ordered: ordered.length, started: started.length, unpublished };
}

const refuse = async () => {
  throw new Error('out of order');
};

test('a bus that takes no news keeps nobody from hearing, and the news are written down as lost', async () => {
  expect(await relayed({ publish: refuse })).toEqual({ error: undefined, ordered: 2, started: 2, unpublished: [2] });
});

test('an escalation that is refused keeps no other from beginning, no order from its queue, and comes again', async () => {
  let count = 0;
  const startEscalation = async () => {
    if (count++ === 0) throw new Error('no such name');
  };

  expect(await relayed({ startEscalation })).toMatchObject({ error: { cause: {} }, ordered: 2, unpublished: [] });
  expect(count).toBe(2);
});

test('orders that are refused keep no escalation from beginning, and come again', async () => {
  expect(await relayed({ order: refuse })).toMatchObject({
    error: { errors: [{ message: 'out of order' }] },
    started: 2,
  });
});
