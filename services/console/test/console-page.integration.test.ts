import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { requestIdOf } from '@lamplighter/sandbox/minute-of-logs';
import type { Page } from 'playwright-core';
import { writeInstant } from '../src/domain/instant.ts';
import {
  askBeforeRepairs,
  CUT_OFF,
  FUNCTION,
  HOSTILE,
  liveMinutes,
  MINUTE_MS,
  requestAlert,
  START_MS,
  watch,
  writeMinutes,
} from './a-night.ts';
import { DESKTOP, goTo, look, openPage, PHONE, picture, SMALL_PHONE, seriousViolations, until } from './browser.ts';
import { type DeployedConsole, startConsole } from './deployed-console.ts';
import { describeInBrowser } from './describe-in-browser.ts';
import { hostilityOf, NONE } from './hostility.ts';
import { TRACED_MINUTE, TRACED_REQUEST, traceRequest } from './traced-request.ts';

const HOSTILE_FUNCTION = 'shop-mail';
const HOSTILE_MINUTE = START_MS - 5 * MINUTE_MS;
const HOSTILE_ERROR = 'Mail<b>Error';
const MEGABYTE = 1_000_000;
/** Of a longer line the audit keeps this much; the whole stands in the log group and the archive. */
const KEPT_CHARACTERS = 256_000;
/** The history that was there before the first live minute. */
const PAST = `#/function?name=${FUNCTION}&until=${writeInstant(START_MS)}`;
const CALM = { calls: 20 };

describeInBrowser('the page, with every other service as packaged behind it', (browser) => {
  let night: DeployedConsole;
  let open: Awaited<ReturnType<typeof openPage>>;
  let page: Page;
  let findingPage: string;

  beforeAll(async () => {
    night = await startConsole({
      services: ['backbone', 'ingestion', 'analysis', 'prediction', 'remediation', 'alerting'],
      startMs: START_MS,
      withPage: true,
    });
    await askBeforeRepairs(night.sandbox, ['local']);
    for (const name of [FUNCTION, CUT_OFF, HOSTILE_FUNCTION]) await watch(night, name);
    const history = Array.from({ length: 45 }, (_, at) => ({ start: START_MS - (46 - at) * MINUTE_MS, calls: 30 }));
    const ofShop = history.map((minute) => (minute.start === TRACED_MINUTE.start ? TRACED_MINUTE : minute));
    await writeMinutes(night.sandbox, FUNCTION, ofShop);
    traceRequest(night.sandbox);
    await writeMinutes(night.sandbox, CUT_OFF, history.slice(-30));
    const lineOf = () => `${HOSTILE}${'x'.repeat(MEGABYTE)}`;
    const hostile = { start: HOSTILE_MINUTE, calls: 2, failures: 1, error: HOSTILE_ERROR, message: HOSTILE, lineOf };
    await writeMinutes(night.sandbox, HOSTILE_FUNCTION, [...history.slice(-30, -10), hostile]);
    await night.settle(2 * MINUTE_MS);
    await liveMinutes(night, 2, { [FUNCTION]: CALM, [CUT_OFF]: CALM, [HOSTILE_FUNCTION]: CALM });
    open = await openPage(browser(), night.pageUrl, DESKTOP);
    page = open.page;
  }, 600_000);
  afterAll(() => night?.stop());

  const titleOf = (text: string) => page.locator('a.title', { hasText: text }).first();
  const timeoutOfCutOff = async () =>
    (await night.sandbox.client(LambdaClient).send(new GetFunctionConfigurationCommand({ FunctionName: CUT_OFF })))
      .Timeout;

  test('a finding opens live, and is told with its evidence', async () => {
    await page.waitForSelector('h1.verdict');
    expect(await page.getByText(`${FUNCTION} fails in`).count()).toBe(0);

    await liveMinutes(night, 2, {
      [FUNCTION]: { calls: 30, failures: 15 },
      [CUT_OFF]: { ...CALM, timeouts: 10 },
      [HOSTILE_FUNCTION]: { ...CALM, failures: 10, error: HOSTILE_ERROR, message: HOSTILE },
    });

    await titleOf(`${FUNCTION} fails in`).waitFor();
    expect(await page.title()).toMatch(/^\(\d+\) Now · Lamplighter$/);
    await titleOf(`Set the timeout of ${CUT_OFF}`).waitFor();
    await picture(page, 'now');
    await titleOf(`${FUNCTION} fails in`).click();
    await page
      .getByText(/calls failed in the minute/)
      .first()
      .waitFor();
  });

  test('a finding shows what its function did around its beginning, and leads there: an hour earlier, and back to now', async () => {
    findingPage = await page.evaluate<string>('location.hash');
    const label = 'Calls and failures a minute, from an hour before it began until now';
    await page.getByRole('img', { name: label }).waitFor();
    await page.locator('.uplot').first().waitFor();
    await page.locator('.mark', { hasText: 'began' }).waitFor();
    await picture(page, 'finding');

    await page.getByRole('link', { name: `${FUNCTION} around` }).click();
    await page.getByRole('link', { name: '1 h earlier' }).click();
    // The first of its calls is less than an hour ago.
    await page.getByText('No calls of this time are known.').waitFor();
    await page.goBack();
    await page.locator('.heat-map canvas').waitFor();
    await goTo(page, PAST);
    await page.getByText('a time of the past, not live').waitFor();
    await page.locator('.heat-map canvas').waitFor();
    await page.getByRole('link', { name: 'Back to now' }).click();
    await page.locator('a.title', { hasText: `${FUNCTION} fails in` }).waitFor();
  });

  test('a request is found by its id, its story told in order', async () => {
    await page.keyboard.press('/');
    await page.keyboard.type(TRACED_REQUEST);
    await page.keyboard.press('Enter');

    await page.locator('a.title', { hasText: TRACED_REQUEST }).click();

    await page.locator('.timeline li').first().waitFor();
    const times = await page.locator('.timeline time').allTextContents();
    expect(times).toEqual(times.toSorted());
    expect(await page.locator('.timeline').textContent()).toContain('order 4700003 is being paid');
    const rows = await page.locator('.waterfall li').allTextContents();
    expect(rows.map((row) => /level \d: (.*?), began/.exec(row)?.[1])).toEqual([
      'handler',
      'own code and the rest',
      FUNCTION,
      '5 × DynamoDB: GetItem',
      'payments: charge ✗ failed',
      'payments: charge',
      'DynamoDB: PutItem',
    ]);
    await picture(page, 'request');
  });

  test('an error is found by a part of its text', async () => {
    await page.locator('#search').fill('refused the card');
    await page.locator('#search').press('Enter');
    await page.getByText('times in the last hour').first().waitFor();
    await page.locator('.item', { hasText: 'times in the last hour' }).locator('a').first().click();
    await page.getByText('PaymentRefused').first().waitFor();
  });

  test('hostile text is text, in an error, in a line and at any length', async () => {
    await goTo(page, `#/request?id=${requestIdOf(HOSTILE_FUNCTION, HOSTILE_MINUTE, 0)}`);

    const shown = (await page.locator('main').textContent()) ?? '';
    expect(shown).toContain('<img src=x onerror="window.pwned=1"><script>');
    expect(shown).toContain('\\u{202e}txt.exe\\u{1b}[31m\\u{7}');
    await page
      .getByRole('button', { name: /more characters/ })
      .first()
      .click();
    await until(page, `(document.querySelector('.timeline')?.textContent.length ?? 0) > ${KEPT_CHARACTERS}`);
    expect(await hostilityOf(page)).toEqual(NONE);
  });

  test.each([
    [`#/function?name=${HOSTILE_FUNCTION}`, HOSTILE_ERROR],
    ['#/search?q=exe', HOSTILE_ERROR],
    [`#/search?q=${encodeURIComponent(HOSTILE)}`, '<img src=x onerror="window.pwned=1">'],
    [`#/function?name=${encodeURIComponent(HOSTILE)}`, '<img src=x onerror="window.pwned=1">'],
  ])('hostile text is text on %s, and is there', async (place, shown) => {
    await goTo(page, place);
    await page.locator('main').getByText(shown).first().waitFor();
    expect(await hostilityOf(page)).toEqual(NONE);
  });

  test('a function shows how fast it is, and what failed', async () => {
    await goTo(page, `#/function?name=${FUNCTION}`);
    await page.locator('.uplot').first().waitFor();
    expect(await page.locator('.heat-map canvas').getAttribute('aria-label')).toMatch(
      /^Latency heat map: [\d,]+ calls/,
    );
    await page.getByText('Memory size', { exact: true }).waitFor();
    await picture(page, 'function');
  });

  test('a repair is approved, by keys, after a look at what it means, and carried out', async () => {
    expect(await timeoutOfCutOff()).toBe(3);
    await goTo(page, '#/now');
    // While it is carried out the list moves, and a click may miss.
    const itsPage = await titleOf(`Set the timeout of ${CUT_OFF}`).getAttribute('href');
    await page.keyboard.press('j');
    await page.keyboard.press('a');
    await page.locator('dialog').getByText('The timeout is set back to 3 s.').waitFor();
    expect(await seriousViolations(page)).toEqual([]);
    await picture(page, 'approve');

    await page.getByRole('button', { name: 'Approve', exact: true }).click();

    await page.getByRole('button', { name: 'Approve…' }).waitFor({ state: 'detached' });
    await night.settle(5_000);
    expect(await timeoutOfCutOff()).toBeGreaterThan(3);
    await goTo(page, itsPage!);
    await page.getByText('anna approved through console').first().waitFor();
    await page.locator('.badge', { hasText: 'verifying' }).first().waitFor();
  });

  test('it is verified on live calls, and kept', async () => {
    await liveMinutes(night, 6, { [FUNCTION]: { calls: 30, failures: 15 }, [CUT_OFF]: CALM });
    await page.locator('.badge', { hasText: 'kept' }).first().waitFor();
    await page.getByText('Did it help?').first().waitFor();
    await picture(page, 'repair');
  });

  test('an alert is acknowledged', async () => {
    await requestAlert(night.sandbox, 'nightly-import', 'The nightly import did not run', night.clock.now());
    await night.settle(1_000);
    await goTo(page, '#/alerts');
    const card = page.locator('.item', { hasText: 'The nightly import did not run' });
    await card.getByRole('button', { name: 'Acknowledge' }).click();
    await card.getByText('taken on by').waitFor();
    expect(await card.getByRole('button', { name: 'Acknowledge' }).count()).toBe(0);
  });

  test('forecasts have their bands, costs their month, Lamplighter its own', async () => {
    await goTo(page, '#/forecasts');
    await page.getByText('this month, forecast').first().waitFor();
    await page.getByText('Lamplighter itself, this month (computed)').first().waitFor();
    await page
      .locator('figcaption', { hasText: /forecast with its 95 % band/ })
      .first()
      .waitFor();
    await page.locator('.uplot').first().waitFor();
    await picture(page, 'forecasts');
  });

  test('the finding closes live when its errors end', async () => {
    await goTo(page, '#/now');
    await liveMinutes(night, 25, { [FUNCTION]: { calls: 30 } });
    await until(page, `!document.querySelector('main')?.textContent.includes('${FUNCTION} fails in')`);
  }, 900_000);

  test('the kill switch stops the agents after a question', async () => {
    await goTo(page, '#/guardrails');
    await page.getByRole('button', { name: 'Stop all repairs…' }).click();
    await page.getByRole('button', { name: 'Stop them' }).click();
    await page.getByText('On: nothing is repaired').first().waitFor();
  });

  const PLACES = [
    ['now', '#/now'],
    ['findings', '#/findings'],
    ['function', `#/function?name=${FUNCTION}`],
    ['past', PAST],
    ['functions', '#/functions'],
    ['request', `#/request?id=${TRACED_REQUEST}`],
    ['remediations', '#/remediations'],
    ['alerts', '#/alerts'],
    ['forecasts', '#/forecasts'],
    ['search', '#/search?q=shop'],
    ['guardrails', '#/guardrails'],
  ] as const;

  test.each([
    ['phone, dark', PHONE],
    ['small phone, dark', SMALL_PHONE],
    ['desktop, light', DESKTOP],
  ])('on a %s axe finds nothing serious, and nothing is wider than the screen', async (name, options) => {
    const other = await openPage(browser(), night.pageUrl, options);
    for (const [place, address] of [...PLACES, ['finding', findingPage]] as const) {
      await goTo(other.page, address);
      expect({ place, violations: await seriousViolations(other.page) }).toEqual({ place, violations: [] });
      const overflow = await other.page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
      expect({ place, overflow: Math.max(0, overflow) }).toEqual({ place, overflow: 0 });
      if (options === PHONE && place === 'now') await picture(other.page, 'phone');
      await look(other.page, `${place}-${name.split(',')[0]}`);
    }
    expect(other.faults).toEqual([]);
    await other.close();
  });

  test('nothing failed in the page, and its policy refused nothing', () => {
    // What is not there answers 404, and a call in flight while the test moves the clock times out: a browser writes both down.
    expect(open.faults.filter((fault) => !fault.startsWith('Failed to load resource'))).toEqual([]);
  });
});
