import type { Browser } from 'playwright-core';
import { openPhone, threadMs } from './chromium.ts';

export interface Scrolled {
  readonly rows: number;
  readonly frames: number;
  /** A screen has 60 a second: 16.7 ms each. */
  readonly p99FrameMs: number;
  readonly longestTaskMs: number;
  /** Processor time of the main thread: what is left of a frame's 16.7 ms on a machine with other work. */
  readonly threadMsPerFrame: number;
  /** Most rows in the document at once. */
  readonly mostInDocument: number;
}

/** Scrolls to the end, half a screen a frame, and asks for more pages on the way as a person would. */
const SCROLL = (rows: number): string => `new Promise((resolve) => {
  const tasks = [], frames = [];
  const observer = new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration)));
  observer.observe({ type: 'longtask' });
  let last = performance.now(), most = 0;
  const step = (now) => {
    frames.push(now - last);
    last = now;
    const shown = [...document.querySelectorAll('.virtual-row')];
    most = Math.max(most, shown.length);
    if (shown.some((row) => row.ariaPosInSet === '${rows}')) {
      observer.disconnect();
      frames.sort((a, b) => a - b);
      resolve({ rows: ${rows}, frames: frames.length, p99FrameMs: frames[Math.floor(frames.length * 0.99)], longestTaskMs: Math.max(0, ...tasks), mostInDocument: most });
      return;
    }
    scrollBy(0, innerHeight / 2);
    requestAnimationFrame(step);
  };
  requestAnimationFrame(step);
})`;

/** Goes through a list of the page from its first row to its last. */
export async function scrollThrough(
  browser: Browser,
  address: string,
  { rows, slowness }: { readonly rows: number; readonly slowness: number },
): Promise<Scrolled> {
  const phone = await openPhone(browser, slowness);
  const { page } = phone;
  await page.goto(address);
  await page.waitForSelector('.virtual-row', { timeout: 120_000 });
  const before = await threadMs(phone);
  const scrolled = await page.evaluate<Omit<Scrolled, 'threadMsPerFrame'>>(SCROLL(rows));
  const used = (await threadMs(phone)) - before;
  await page.context().close();
  return {
    ...scrolled,
    p99FrameMs: Math.round(scrolled.p99FrameMs),
    longestTaskMs: Math.round(scrolled.longestTaskMs),
    threadMsPerFrame: Math.round((10 * used) / scrolled.frames) / 10,
  };
}
