import { expect, test } from '@jest/globals';
import { startPoll } from './start-poll.ts';

/** A poll whose questions are answered, and whose time passes, by hand. */
function byHand({ everyMs = 3_000 } = {}) {
  const open: ((isAnswered: boolean) => void)[] = [];
  let waiting: { readonly work: () => void; readonly ms: number } | undefined;
  const page = { isHidden: false, asked: 0, called: 0 };
  const poll = startPoll({
    ask: () => {
      page.asked++;
      return new Promise((resolve) => open.push(resolve));
    },
    everyMs,
    isHidden: () => page.isHidden,
    later: (work, ms) => {
      waiting = { work, ms };
      page.called++;
      return () => {
        waiting = undefined;
      };
    },
  });
  return {
    ...poll,
    page,
    wait: () => waiting?.ms,
    answer: async (isAnswered = true) => {
      open.shift()?.(isAnswered);
      await Promise.resolve();
      await Promise.resolve();
    },
    pass: () => waiting?.work(),
  };
}

test('it asks at once, and again when its time has passed', async () => {
  const { page, answer, pass, wait } = byHand();
  expect(page.asked).toBe(1);
  await answer();
  expect(wait()).toBe(3_000);
  pass();
  expect(page.asked).toBe(2);
});

test('a look while a question is under way begins no second round', async () => {
  const { page, answer, look } = byHand();
  look();
  look();
  expect(page.asked).toBe(1);
  await answer();
  expect(page.called).toBe(1);
});

test('a page that is hidden asks nothing, and once when it is shown again', async () => {
  const { page, answer, look, wait } = byHand();
  page.isHidden = true;
  await answer();
  expect(wait()).toBeUndefined();
  page.isHidden = false;
  look();
  expect(page.asked).toBe(2);
});

test('while it fails it asks more slowly, up to a minute', async () => {
  const { answer, pass, wait } = byHand();
  const waits: unknown[] = [];
  for (let round = 0; round < 6; round++) {
    await answer(false);
    waits.push(wait());
    pass();
  }
  expect(waits).toEqual([6_000, 12_000, 24_000, 48_000, 60_000, 60_000]);
  await answer();
  expect(wait()).toBe(3_000);
});

test('stopped, it asks nothing any more', async () => {
  const { page, answer, look, stop, wait } = byHand();
  stop();
  await answer();
  look();
  expect(page.asked).toBe(1);
  expect(wait()).toBeUndefined();
});

test('every 0 ms is once', async () => {
  const { answer, wait } = byHand({ everyMs: 0 });
  await answer();
  expect(wait()).toBeUndefined();
});
