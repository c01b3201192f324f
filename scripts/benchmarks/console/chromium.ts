import { type Browser, type CDPSession, chromium, type Page } from 'playwright-core';
import { chromiumLaunch, WAY_TO_CHROMIUM } from '../../../packages/sandbox/src/testing/chromium.ts';

/** Chromium of the machine. @throws RangeError where there is none. */
export async function startChromium(): Promise<Browser> {
  const launch = chromiumLaunch();
  if (launch === undefined) throw new RangeError(WAY_TO_CHROMIUM);
  return chromium.launch(launch);
}

export interface Phone {
  readonly page: Page;
  readonly devtools: CDPSession;
}

/** A fresh phone, with nothing kept from before, whose processor is so many times slower than this machine's. */
export async function openPhone(browser: Browser, slowness: number): Promise<Phone> {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: slowness });
  return { page, devtools };
}

/** Processor time that the page's main thread has used so far, milliseconds: whatever else runs on the machine does not count. */
export async function threadMs({ devtools }: Phone): Promise<number> {
  const { metrics } = await devtools.send('Performance.getMetrics');
  return 1_000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0);
}
