import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { writeInstant } from '../src/domain/instant.ts';
import { utc } from '../web/text/say-figures.ts';
import { DESKTOP, goTo, openPage, PHONE, seriousViolations, until } from './browser.ts';
import { describeInBrowser } from './describe-in-browser.ts';
import { startPlayedConsole } from './played-console.ts';
import { playFunction } from './played-function.ts';

const HOUR_MS = 3_600_000;

describeInBrowser('a time of the past', (browser) => {
  let played: ReturnType<typeof playFunction>;
  let served: Awaited<ReturnType<typeof startPlayedConsole>>;
  let page: Page;
  let faults: string[];
  let close: () => Promise<void>;

  beforeEach(async () => {
    played = playFunction('shop-pay');
    served = await startPlayedConsole(played.services);
    ({ page, faults, close } = await openPage(browser(), served.url, DESKTOP));
  });
  afterEach(async () => {
    expect(faults.filter((fault) => !fault.startsWith('Failed to load resource'))).toEqual([]);
    await close();
    served.stop();
  });

  const hash = () => page.evaluate<string>('location.hash');
  const focused = () => page.evaluate<string>('document.activeElement.textContent');
  const main = async () => (await page.locator('main').textContent()) ?? '';
  const shows = (text: string) => page.locator('main').getByText(text).first().waitFor();
  const windowsAsked = () => played.asked.filter(({ kind }) => kind === 'windows').length;

  test('from a finding one sees when it began, and goes to its function at that time, later, back, and to now', async () => {
    const { openedAt, resolvedAt } = played.finding;
    await goTo(page, '#/finding?id=f-1');
    await page
      .getByRole('img', { name: 'Calls and failures a minute, from an hour before it began until after it was over' })
      .waitFor();
    await page.locator('.uplot').first().waitFor();
    const marks = await page.locator('.mark').allTextContents();
    expect(marks.map((mark) => mark.trim())).toEqual([
      `new code of $LATEST by deployer/anna ${utc(openedAt - 60_000)}`,
      `began ${utc(openedAt)}`,
      `Raise its memory ${utc(openedAt + 600_000)}`,
      `undone: Raise its memory ${utc(openedAt + 1_800_000)}`,
      `over ${utc(resolvedAt)}`,
    ]);

    await page.getByRole('link', { name: `shop-pay around ${utc(openedAt)}` }).click();
    await shows(`until ${utc(openedAt + HOUR_MS / 2)}`);
    await shows('Findings of this time');
    expect(await page.title()).toBe(`shop-pay until ${utc(openedAt + HOUR_MS / 2)} · Lamplighter`);
    expect(await main()).toContain('Raise its memory');
    expect(await main()).not.toContain('what came');

    await page.getByRole('link', { name: '1 h later' }).focus();
    await page.keyboard.press('Enter');
    await shows(`until ${utc(openedAt + 1.5 * HOUR_MS)}`);
    expect(await focused()).toContain('1 h later');
    await page
      .locator('#announced', { hasText: `Shown until ${utc(openedAt + 1.5 * HOUR_MS)}` })
      .waitFor({ state: 'attached' });

    await page.goBack();
    await shows(`until ${utc(openedAt + HOUR_MS / 2)}`);
    expect(await hash()).toContain(`until=${encodeURIComponent(writeInstant(openedAt + HOUR_MS / 2))}`);

    await page.getByRole('link', { name: 'Back to now' }).click();
    await page.locator('figcaption', { hasText: 'invocations, calls: what came, then its forecast' }).waitFor();
    expect(await hash()).not.toContain('until');
    expect(await main()).not.toContain('a time of the past');
  });

  test('calls that failed are listed one by one, each with its request; all are, where somebody asks for them', async () => {
    const { openedAt } = played.finding;
    const rows = page.getByRole('region', { name: 'Calls', exact: true }).locator('tbody tr');
    await goTo(page, `#/function?name=shop-pay&until=${writeInstant(openedAt + 5 * 60_000)}`);
    await rows.first().waitFor();
    const failed = await rows.allTextContents();
    expect(failed).toHaveLength(50);
    await shows('The newest 50; there are older ones in this time.');
    for (const row of failed) expect(row).toContain('PaymentRefused: \\u{202e}the provider refused');
    expect(await rows.first().getByRole('link').getAttribute('href')).toBe(`#/request?id=14-${openedAt + 4 * 60_000}`);

    await page.getByRole('button', { name: 'All', exact: true }).click();
    await rows.getByText('success').first().waitFor();
    expect(await page.getByRole('button', { name: 'All', exact: true }).getAttribute('aria-pressed')).toBe('true');
  });

  test('an address says which time: it can be shared, read by others, and comes to now by going later', async () => {
    const begin = Date.now() - 2.5 * HOUR_MS;
    await goTo(page, `#/function?name=shop-pay&hours=6&until=${writeInstant(begin)}`);
    await shows(`until ${utc(begin)}`);
    expect(await page.getByRole('button', { name: '6 h' }).getAttribute('aria-pressed')).toBe('true');
    await page.getByRole('button', { name: '1 h', exact: true }).click();
    expect(await hash()).toBe(`#/function?name=shop-pay&until=${encodeURIComponent(writeInstant(begin))}`);
    for (const hours of [1, 2]) {
      await page.getByRole('link', { name: '1 h later' }).click();
      await shows(`until ${utc(begin + hours * HOUR_MS)}`);
    }
    expect(await page.getByRole('link', { name: '1 h later' }).count()).toBe(0);
    await page.getByRole('link', { name: 'Back to now' }).click();
    await shows('History');
    expect(await focused()).toBe('shop-pay');
  });

  test('the heat map is painted anew where the page becomes dark', async () => {
    await goTo(page, '#/function?name=shop-pay');
    await page.locator('.heat-map canvas').waitFor();
    const painted = `document.querySelector('.heat-map canvas').toDataURL()`;
    const light = await page.evaluate<string>(painted);
    await page.emulateMedia({ colorScheme: 'dark' });
    await until(page, `${painted} !== ${JSON.stringify(light)}`);
    await page.emulateMedia({ colorScheme: 'light' });
    await until(page, `${painted} === ${JSON.stringify(light)}`);
  });

  test('what is over is asked for once, what goes on again and again', async () => {
    await page.clock.install();
    const { openedAt } = played.finding;
    const aMinute = async () => {
      for (let at = 0; at < 4; at++) {
        await page.clock.runFor(15_000);
        await until(page, 'true');
      }
    };
    await goTo(page, `#/function?name=shop-pay&until=${writeInstant(openedAt)}`);
    await page.locator('.heat-map canvas').waitFor();
    const once = windowsAsked();
    await aMinute();
    expect(windowsAsked()).toBe(once);
    await goTo(page, '#/function?name=shop-pay');
    await shows('History');
    await aMinute();
    expect(windowsAsked()).toBeGreaterThan(once + 1);
  });

  test('a finding is told at once, whatever ingestion does, and without it but for one line', async () => {
    played.ingestion = 'hangs';
    await page.evaluate(`location.hash = '#/finding?id=f-1'`);
    await shows('fails in 50 % of its calls');
    await shows('Evidence');
    await shows('Asking…');

    played.ingestion = 'fails';
    await page.reload();
    await shows('What its function did then is not told: The query function was throttled.');
    expect(await main()).toContain('Evidence');
    expect(await page.locator('.note.broken').count()).toBe(0);
  });

  test('of what is longer ago than requests are kept it is said that nothing is known', async () => {
    played.keptSince = Date.now() - HOUR_MS;
    const { openedAt } = played.finding;
    await goTo(page, '#/finding?id=f-1');
    await shows('No call of this time is known: there was none, or it is longer ago than requests are kept.');
    await goTo(page, `#/function?name=shop-pay&until=${writeInstant(openedAt)}`);
    await shows('No calls of this time are known.');
    expect(await main()).not.toContain('log group is subscribed');
  });

  test('an address whose time is none says so, and leads to now', async () => {
    await goTo(page, '#/function?name=shop-pay&until=yesterday');
    await shows('until: neither a time in UTC like 2026-01-14T03:40Z nor epoch milliseconds.');
    await page.getByRole('link', { name: 'Back to now' }).click();
    await shows('History');
  });

  test.each([
    ['phone, dark', PHONE],
    ['desktop, light', DESKTOP],
  ])('on a %s axe finds nothing serious, and nothing is wider than the screen', async (_name, options) => {
    const other = await openPage(browser(), served.url, options);
    for (const place of [
      '#/finding?id=f-1',
      `#/function?name=shop-pay&until=${writeInstant(played.finding.resolvedAt)}`,
    ]) {
      await goTo(other.page, place);
      await other.page.locator('.uplot').first().waitFor();
      expect(await seriousViolations(other.page)).toEqual([]);
      const overflow = await other.page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
      expect(Math.max(0, overflow)).toBe(0);
    }
    await other.close();
  });
});
