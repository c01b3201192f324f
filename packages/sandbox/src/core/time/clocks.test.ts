import { describe, expect, test } from '@jest/globals';
import { BackgroundWork } from '../background-work.ts';
import { OffsetClock } from './offset-clock.ts';
import type { SteeredClock } from './steered-clock.ts';
import { systemClock } from './system-clock.ts';
import { VirtualClock } from './virtual-clock.ts';

/** An OffsetClock whose real time stands still, so that only `advance` moves it. */
const still = (startMs: number): OffsetClock => new OffsetClock(startMs, () => 5_000_000);

describe.each<[string, (startMs: number) => SteeredClock]>([
  ['VirtualClock', (startMs) => new VirtualClock(startMs)],
  ['OffsetClock', still],
])('%s', (_, create) => {
  test('runs due timers in order, each at its own instant', async () => {
    const clock = create(1_000);
    const seen: [string, number][] = [];
    const note = (name: string) => () => void seen.push([name, clock.now()]);
    clock.schedule(30, note('c'));
    clock.schedule(10, note('a'));
    clock.schedule(10, note('b'));
    clock.schedule(31, note('later'));
    await clock.advance(30);
    expect(seen).toEqual([
      ['a', 1_010],
      ['b', 1_010],
      ['c', 1_030],
    ]);
    expect(clock.now()).toBe(1_030);
  });

  test('lets promises settle before time moves on, so a timer started by another runs in the same advance', async () => {
    const clock = create(0);
    const at: number[] = [];
    const work = (async () => {
      for (let i = 0; i < 3; i++) {
        await clock.sleep(100);
        at.push(clock.now());
      }
    })();
    await clock.advance(1_000);
    await work;
    expect(at).toEqual([100, 200, 300]);
  });

  test('does not run a cancelled timer', async () => {
    const clock = create(0);
    const seen: string[] = [];
    clock.schedule(10, () => seen.push('cancelled')).cancel();
    clock.schedule(10, () => seen.push('kept'));
    await clock.advance(10);
    expect(seen).toEqual(['kept']);
  });

  test('waits for background work before it moves on, unless told that the work waits for the clock', async () => {
    const clock = create(0);
    const work = new BackgroundWork();
    clock.settleWith(() => work.idle());
    const { promise, resolve } = Promise.withResolvers<void>();
    const seen: string[] = [];
    clock.schedule(10, () => void work.track(promise.then(() => void seen.push(`worked at ${clock.now()}`))));
    clock.schedule(20, () => seen.push('timer'));
    const moving = clock.advance(20);
    setImmediate(() => setImmediate(resolve));
    await moving;
    expect(seen).toEqual(['worked at 10', 'timer']);

    void work.track(clock.sleep(5));
    await clock.advance(5, { whileBusy: true });
    await work.idle();
    expect(clock.now()).toBe(25);
  });
});

test('a virtual clock stands still by itself, and queues overlapping moves', async () => {
  const clock = new VirtualClock(7);
  await Promise.all([clock.advance(10), clock.advance(20)]);
  expect(clock.now()).toBe(37);
});

test('an offset clock runs at real speed, and its timers with it', async () => {
  let realMs = 1_000;
  const clock = new OffsetClock(50_000, () => realMs);
  realMs += 250;
  expect(clock.now()).toBe(50_250);
  const startedAt = new OffsetClock(0);
  await startedAt.sleep(1);
  expect(startedAt.now()).toBeGreaterThanOrEqual(1);
});

test('the system clock is the machine’s', async () => {
  const before = Date.now();
  await systemClock.sleep(1);
  expect(systemClock.now()).toBeGreaterThanOrEqual(before);
  systemClock.schedule(2 ** 40, () => undefined).cancel();
});
