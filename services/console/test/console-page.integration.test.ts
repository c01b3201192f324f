import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import {
  FUNCTION,
  HOSTILE,
  liveMinutes,
  MINUTE_MS,
  requestAlert,
  START_MS,
  waitingRepair,
  watch,
  writeMinutes,
} from './a-night.ts';
import {
  DESKTOP,
  findChromium,
  goTo,
  openPage,
  PHONE,
  picture,
  seriousViolations,
  startBrowser,
  until,
} from './browser.ts';
import { type DeployedConsole, startConsole } from './deployed-console.ts';
import { requestIdOf } from './minutes-of-logs.ts';
import { standInRemediations } from './stand-in-services.ts';

const chromium = findChromium();
const whereThereIsABrowser = chromium === undefined ? describe.skip : describe;
const HOSTILE_MINUTE = START_MS - 5 * MINUTE_MS;
const LIVE = { timeout: 60_000 };

whereThereIsABrowser('the page, with the other services as packaged behind it', () => {
  let night: DeployedConsole;
  let browser: Browser;
  let open: Awaited<ReturnType<typeof openPage>>;
  let page: Page;

  beforeAll(async () => {
    night = await startConsole({
      services: ['backbone', 'ingestion', 'analysis', 'alerting'],
      standIns: [standInRemediations([waitingRepair(START_MS, 'none')])],
      startMs: START_MS,
      withPage: true,
    });
    for (const name of [FUNCTION, 'shop-mail']) await watch(night, name);
    const history = Array.from({ length: 45 }, (_, at) => ({ start: START_MS - (46 - at) * MINUTE_MS, calls: 30 }));
    await writeMinutes(night.sandbox, FUNCTION, history);
    const line = `${HOSTILE}${'x'.repeat(200_000)}`;
    await writeMinutes(night.sandbox, 'shop-mail', [
      { start: HOSTILE_MINUTE, calls: 2, failures: 1, error: 'Mail<b>Error', message: HOSTILE, line },
    ]);
    await night.settle(2 * MINUTE_MS);
    await liveMinutes(night, FUNCTION, 2, { calls: 30 });
    browser = await startBrowser(chromium!);
    open = await openPage(browser, night.pageUrl, DESKTOP);
    page = open.page;
  }, 420_000);
  afterAll(async () => {
    await browser?.close();
    await night?.stop();
  });

  test('a finding opens live, and is told with its evidence', async () => {
    await page.waitForSelector('h1.verdict');
    expect(await page.getByText(`${FUNCTION} fails in`).count()).toBe(0);

    await liveMinutes(night, FUNCTION, 2, { calls: 30, failures: 15 });

    await page
      .locator('a.title', { hasText: `${FUNCTION} fails in` })
      .first()
      .waitFor(LIVE);
    expect(await page.title()).toMatch(/^\(\d+\) Lamplighter$/);
    await picture(page, 'now');
    await page
      .locator('a.title', { hasText: `${FUNCTION} fails in` })
      .first()
      .click();
    await page
      .getByText(/calls failed in the minute/)
      .first()
      .waitFor(LIVE);
    await picture(page, 'finding');
  });

  test('a request is found by its id, its story told in order', async () => {
    const requestId = requestIdOf(FUNCTION, START_MS - 10 * MINUTE_MS, 3);
    await page.keyboard.press('/');
    await page.keyboard.type(requestId);
    await page.keyboard.press('Enter');

    await page.locator('a.title', { hasText: requestId }).click();

    await page.locator('.timeline li').first().waitFor(LIVE);
    const times = await page.locator('.timeline time').allTextContents();
    expect(times).toEqual(times.toSorted());
    expect(await page.locator('.timeline').textContent()).toContain('order 4700003 is being paid');
    await picture(page, 'request');
  });

  test('an error is found by a part of its text', async () => {
    await page.locator('#search').fill('refused the card');
    await page.locator('#search').press('Enter');
    await page.getByText('times in the last hour').first().waitFor(LIVE);
    await page.locator('.item', { hasText: 'times in the last hour' }).locator('a').first().click();
    await page.getByText('PaymentRefused').first().waitFor(LIVE);
  });

  test('hostile text is text, in an error, in a line and at any length', async () => {
    await goTo(page, `#/request?id=${requestIdOf('shop-mail', HOSTILE_MINUTE, 0)}`);

    const shown = (await page.locator('main').textContent()) ?? '';
    expect(shown).toContain('<img src=x onerror="window.pwned=1"><script>');
    expect(shown).toContain('\\u{202e}txt.exe\\u{1b}[31m\\u{7}');
    expect(shown).not.toMatch(/[\u202e\u001b\u0007]/);
    expect(await page.locator('main img, main script, main b').count()).toBe(0);
    expect(await page.evaluate('window.pwned')).toBeUndefined();

    await page
      .getByRole('button', { name: /more characters/ })
      .first()
      .click();
    await until(page, `(document.querySelector('.timeline')?.textContent.length ?? 0) > 200_000`);
  });

  test('a function shows how fast it is, and what failed', async () => {
    await goTo(page, `#/function?name=${FUNCTION}`);
    await page.locator('.uplot').first().waitFor(LIVE);
    expect(await page.locator('.heat-map canvas').getAttribute('aria-label')).toMatch(
      /^Latency heat map: [\d,]+ calls/,
    );
    expect(await page.getByText('Memory size', { exact: true }).count()).toBe(1);
    await picture(page, 'function');
  });

  test('a repair is approved, by keys, after a look at what it means', async () => {
    await goTo(page, '#/now');
    await page.keyboard.press('j');
    await page.keyboard.press('a');
    await page.getByText('The memory is set back to 512 MB.').waitFor(LIVE);
    expect(await seriousViolations(page)).toEqual([]);
    await picture(page, 'approve');

    await page.getByRole('button', { name: 'Approve', exact: true }).click();

    await page.locator('.badge', { hasText: 'approved' }).first().waitFor(LIVE);
    await goTo(page, '#/remediation?id=shop-pay-memory-1');
    await page.getByText('local approved through console').waitFor(LIVE);
  });

  test('an alert is acknowledged', async () => {
    await requestAlert(night.sandbox, 'nightly-import', 'The nightly import did not run', night.clock.now());
    await night.settle(1_000);
    await goTo(page, '#/alerts');
    const card = page.locator('.item', { hasText: 'The nightly import did not run' });
    await card.getByRole('button', { name: 'Acknowledge' }).click();
    await card.getByText('taken on by').waitFor(LIVE);
    expect(await card.getByRole('button', { name: 'Acknowledge' }).count()).toBe(0);
  });

  test('the kill switch stops the agents after a question', async () => {
    await goTo(page, '#/guardrails');
    await page.getByRole('button', { name: 'Stop all repairs…' }).click();
    await page.getByRole('button', { name: 'Stop them' }).click();
    await page.getByText('On: nothing is repaired').waitFor(LIVE);
  });

  test('a service that is not there is said to be not deployed', async () => {
    await goTo(page, '#/forecasts');
    await page.getByText('Not deployed', { exact: true }).first().waitFor(LIVE);
    await goTo(page, '#/now');
    await page.locator('li', { hasText: 'prediction' }).getByText('not deployed').waitFor(LIVE);
  });

  test('the finding closes live when its errors end', async () => {
    await goTo(page, '#/now');
    await liveMinutes(night, FUNCTION, 25, { calls: 30 });
    await until(page, `!document.querySelector('main')?.textContent.includes('${FUNCTION} fails in')`);
  });

  const PLACES = [
    '#/now',
    '#/findings',
    `#/function?name=${FUNCTION}`,
    '#/functions',
    '#/remediations',
    '#/alerts',
    '#/search?q=shop',
    '#/guardrails',
  ];

  test.each([
    ['a phone, dark', PHONE],
    ['a desktop, light', DESKTOP],
  ])('on %s axe finds nothing serious, and nothing is wider than the screen', async (_name, options) => {
    const other = await openPage(browser, night.pageUrl, options);
    for (const place of PLACES) {
      await goTo(other.page, place);
      expect({ place, violations: await seriousViolations(other.page) }).toEqual({ place, violations: [] });
      const overflow = await other.page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
      expect({ place, overflow: Math.max(0, overflow) }).toEqual({ place, overflow: 0 });
    }
    if (options === PHONE) {
      await goTo(other.page, '#/now');
      await picture(other.page, 'phone');
    }
    expect(other.faults).toEqual([]);
    await other.close();
  });

  test('nothing failed in the page, and its policy refused nothing', () => {
    // What is not deployed answers 404, and a call in flight while the test moves the clock times out: a browser writes both down.
    expect(open.faults.filter((fault) => !fault.startsWith('Failed to load resource'))).toEqual([]);
  });
});
