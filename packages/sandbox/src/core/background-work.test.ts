import { expect, jest, test } from '@jest/globals';
import { BackgroundWork } from './background-work.ts';

const turn = () => new Promise((resolve) => setImmediate(resolve));

test('idle waits for work that other work begins', async () => {
  const work = new BackgroundWork();
  const seen: string[] = [];
  void work.track(
    turn().then(() => {
      seen.push('first');
      void work.track(turn().then(() => void seen.push('second')));
    }),
  );
  await work.idle();
  expect(seen).toEqual(['first', 'second']);
});

test('idle ends although work fails, whose error stays with its owner', async () => {
  const work = new BackgroundWork();
  const failing = work.track(Promise.reject(new Error('no')));
  await expect(failing).rejects.toThrow('no');
  await work.idle();
  expect(work.count).toBe(0);
});

test('settle says what to do when nothing moves for four minutes, counted from the last thing that moved', async () => {
  jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick', 'queueMicrotask'] });
  try {
    const work = new BackgroundWork();
    void work.track(new Promise(() => undefined));
    const settling = work.settle();
    const outcome = settling.then(
      () => 'settled',
      (error: Error) => error.message,
    );
    jest.advanceTimersByTime(180_000);
    await work.track(Promise.resolve());
    await turn();
    jest.advanceTimersByTime(180_000);
    expect(await Promise.race([outcome, turn().then(() => 'waiting')])).toBe('waiting');
    jest.advanceTimersByTime(120_000);
    expect(await outcome).toContain('{ whileBusy: true }');
  } finally {
    jest.useRealTimers();
  }
});
