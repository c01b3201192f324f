import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { FindingsAnswer } from '@lamplighter/contracts';
import type { Asked } from '../src/ports.ts';
import { PHONE } from './browser.ts';
import { describeInBrowser } from './describe-in-browser.ts';
import { answered } from './fake-services.ts';
import { startPlayedConsole } from './played-console.ts';

describeInBrowser('the first look', (browser) => {
  const findings = Promise.withResolvers<Asked<FindingsAnswer>>();
  const costs = Promise.withResolvers<void>();
  const forecasts = Promise.withResolvers<void>();
  let served: Awaited<ReturnType<typeof startPlayedConsole>>;

  beforeAll(async () => {
    served = await startPlayedConsole({
      findings: () => findings.promise,
      forecasts: async ({ kind }) => {
        if (kind === 'costs') costs.resolve();
        if (kind === 'forecasts') forecasts.resolve();
        return { kind: 'failed', reason: 'nothing is foreseen' };
      },
    });
  });
  afterAll(() => served?.stop());

  test('asks for the load ahead and the costs while what is open is still on its way, and shows them below it', async () => {
    const page = await browser().newPage(PHONE);
    await page.goto(served.url);
    await Promise.all([costs.promise, forecasts.promise]);
    const before = await page.locator('main h2').allTextContents();

    findings.resolve(answered({ kind: 'findings', findings: [] }));
    await page.locator('h1.verdict').waitFor();
    const after = await page.locator('main h2').allTextContents();
    await page.close();

    expect(before).toEqual([]);
    expect(after.map((heading) => heading.trim())).toEqual([
      'Open findings 0',
      'The load ahead',
      'Cost',
      'Lamplighter itself',
    ]);
  });
});
