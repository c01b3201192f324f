import { afterAll, beforeAll, describe } from '@jest/globals';
import { chromiumLaunch, WAY_TO_CHROMIUM } from '@lamplighter/sandbox/chromium';
import { type Browser, chromium } from 'playwright-core';
import { LONGEST_WAIT_MS } from './browser.ts';

/** Tests with a browser of their own, which is there in their hooks too. Where there is no Chromium they are skipped; in CI that is a failure. */
export function describeInBrowser(name: string, tests: (browser: () => Browser) => void): void {
  const launch = chromiumLaunch();
  if (launch === undefined && process.env.CI) throw new Error(WAY_TO_CHROMIUM);
  if (launch === undefined) process.stderr.write(`${WAY_TO_CHROMIUM} What wants one is skipped.\n`);
  (launch === undefined ? describe.skip : describe)(name, () => {
    let browser: Browser;
    beforeAll(async () => {
      browser = await chromium.launch({ ...launch, timeout: LONGEST_WAIT_MS });
    });
    afterAll(() => browser?.close());
    tests(() => browser);
  });
}
