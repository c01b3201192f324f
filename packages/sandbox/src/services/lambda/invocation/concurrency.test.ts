import { describe, expect, test } from '@jest/globals';
import { VirtualClock } from '../../../core/time/virtual-clock.ts';
import type { FunctionRecord } from '../functions/function-store.ts';
import { Concurrency } from './concurrency.ts';

const record = (name: string, reservedConcurrency?: number) => ({ name, reservedConcurrency }) as FunctionRecord;

describe('concurrency', () => {
  test('of the account is shared by functions that reserve none', () => {
    const [free, other, kept] = [record('free'), record('other'), record('kept', 2)];
    const concurrency = new Concurrency({
      clock: new VirtualClock(0),
      records: () => [free, other, kept],
      accountLimit: 4,
    });
    concurrency.enter(free);
    const leave = concurrency.enter(other);

    expect(() => concurrency.enter(free)).toThrow(
      expect.objectContaining({ members: expect.objectContaining({ Reason: 'ConcurrentInvocationLimitExceeded' }) }),
    );
    concurrency.enter(kept);
    concurrency.enter(kept);
    expect(() => concurrency.enter(kept)).toThrow('Rate Exceeded.');
    leave();

    expect(() => concurrency.enter(free)).not.toThrow();
    expect(concurrency.runningInAccount()).toBe(4);
  });

  test('is claimed by what is reserved, provisioned or runs', () => {
    const [free, warm, kept] = [record('free'), record('warm'), record('kept', 20)];
    const concurrency = new Concurrency({
      clock: new VirtualClock(0),
      records: () => [free, warm, kept],
      provisioned: (name) => (name === 'warm' ? 5 : 0),
    });
    concurrency.enter(free);
    concurrency.enter(warm);
    concurrency.enter(kept);

    expect(concurrency.unreservedRunning).toBe(2);
    expect(concurrency.claimed).toBe(20 + 5 + 1);
  });

  test('grows by 1,000 environments at once and 100 more each second', async () => {
    const clock = new VirtualClock(0);
    const lamp = record('lamp');
    const concurrency = new Concurrency({ clock, records: () => [lamp] });
    for (let index = 0; index < 1_000; index += 1) concurrency.start(lamp);
    expect(() => concurrency.start(lamp)).toThrow('Rate Exceeded.');

    await clock.advance(1_000);

    for (let index = 0; index < 100; index += 1) concurrency.start(lamp);
    expect(() => concurrency.start(lamp)).toThrow('Rate Exceeded.');
  });
});
