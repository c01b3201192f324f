import { gzipSync } from 'node:zlib';
import type { Browser, CDPSession } from 'playwright-core';
import { openPhone, threadMs } from './chromium.ts';

/** Lighthouse's slow 4G: 150 ms there and back, 1.6 Mbit/s. */
const SLOW_4G = { offline: false, latency: 150, downloadThroughput: 200_000, uploadThroughput: 93_750 };
const LONG_TASK_MS = 50;

/** Notes when the page shows its answer, and each task that keeps it from answering keys. */
const WATCH = `
window.longTasks = [];
new PerformanceObserver((list) => { for (const { startTime, duration } of list.getEntries()) longTasks.push([startTime, duration]); }).observe({ type: 'longtask', buffered: true });
new MutationObserver((_, observer) => { if (document.querySelector('h1.verdict')) { window.shownAt = performance.now(); observer.disconnect(); } }).observe(document, { childList: true, subtree: true });
`;

const SETTLED = `new Promise((resolve, reject) => {
  const look = () => {
    if (window.shownAt !== undefined && performance.now() - window.shownAt > 1500) resolve({ shownAt, longTasks });
    else if (performance.now() > 120000) reject(new Error('the page shows no answer'));
    else setTimeout(look, 50);
  };
  look();
})`;

interface Watched {
  readonly shownAt: number;
  readonly longTasks: readonly (readonly [startMs: number, durationMs: number])[];
}

/** Waits by the developer tools alone: playwright's own waiting puts 60 KB of script into the page, which its processor would run during the visit. */
async function settled(devtools: CDPSession): Promise<Watched> {
  const { result, exceptionDetails } = await devtools.send('Runtime.evaluate', {
    expression: SETTLED,
    awaitPromise: true,
    returnByValue: true,
  });
  if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
  return result.value as Watched;
}

/** Bytes of script, gzipped, that the document asks for before it shows anything. */
export async function firstScriptBytes(edgeUrl: string): Promise<number> {
  const document = await (await fetch(`${edgeUrl}/`)).text();
  const paths = [...document.matchAll(/src="(\/assets\/[^"]+\.js)"/g)].map(([, path]) => path!);
  const scripts = await Promise.all(paths.map(async (path) => (await fetch(`${edgeUrl}${path}`)).arrayBuffer()));
  return scripts.reduce((sum, script) => sum + gzipSync(Buffer.from(script)).length, 0);
}

/**
 * Milliseconds from the beginning of a first visit until the page shows what is open and answers keys: the end of the last task of 50 ms or
 * more, or the answer itself, whichever is later.
 */
export async function interactiveAfterMs(
  browser: Browser,
  pageUrl: string,
  { slowness, isSlow4g = false }: { readonly slowness: number; readonly isSlow4g?: boolean },
): Promise<number> {
  const { page, devtools } = await openPhone(browser, slowness);
  if (isSlow4g) {
    await devtools.send('Network.enable');
    await devtools.send('Network.emulateNetworkConditions', SLOW_4G);
  }
  await page.addInitScript(WATCH);
  await page.goto(pageUrl, { waitUntil: 'commit' });
  const { shownAt, longTasks } = await settled(devtools);
  await page.context().close();
  const busyUntil = longTasks.filter(([, ms]) => ms >= LONG_TASK_MS).map(([start, ms]) => start + ms);
  return Math.round(Math.max(shownAt, ...busyUntil));
}

/** Processor time of the main thread for a first visit, until a second and a half after the answer is shown, at full speed. */
export async function firstVisitThreadMs(browser: Browser, pageUrl: string): Promise<number> {
  const phone = await openPhone(browser, 1);
  await phone.page.addInitScript(WATCH);
  await phone.page.goto(pageUrl, { waitUntil: 'commit' });
  await settled(phone.devtools);
  const ms = await threadMs(phone);
  await phone.page.context().close();
  return Math.round(ms);
}
