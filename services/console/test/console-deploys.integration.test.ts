import { DisableRuleCommand, EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { LambdaClient, UpdateFunctionCodeCommand, UpdateFunctionConfigurationCommand } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { requestIdOf } from '@lamplighter/sandbox/minute-of-logs';
import type { Page } from 'playwright-core';
import { CUT_OFF, FUNCTION, liveMinutes, MINUTE_MS, START_MS, watch, writeMinutes } from './a-night.ts';
import { DESKTOP, goTo, look, openPage, PHONE } from './browser.ts';
import { type DeployedConsole, startConsole } from './deployed-console.ts';
import { describeInBrowser } from './describe-in-browser.ts';
import { hostilityOf, NONE } from './hostility.ts';

/** A zip of `exports.handler=async()=>2`, which is other code than what functions of tests have. */
const AFTER =
  'UEsDBBQAAAAAAAAAIQBukB9+GgAAABoAAAAIAAAAaW5kZXguanNleHBvcnRzLmhhbmRsZXI9YXN5bmMoKT0+MlBLAQIUAxQAAAAAAAAAIQBukB9+GgAAABoAAAAIAAAAAAAAAAAAAACAAQAAAABpbmRleC5qc1BLBQYAAAAAAQABADYAAABAAAAAAAA=';

/** Functions that are called as `$LATEST`: no version begins with a deploy. */
describeInBrowser('a team that deploys $LATEST', (browser) => {
  let night: DeployedConsole;
  let open: Awaited<ReturnType<typeof openPage>>;
  let page: Page;
  let failedAt: number;

  beforeAll(async () => {
    night = await startConsole({
      services: ['backbone', 'ingestion', 'analysis'],
      startMs: START_MS,
      withPage: true,
    });
    for (const name of [FUNCTION, CUT_OFF]) {
      await watch(night, name);
      const history = Array.from({ length: 45 }, (_, at) => ({ start: START_MS - (46 - at) * MINUTE_MS, calls: 30 }));
      await writeMinutes(night.sandbox, name, history);
    }
    await night.settle(2 * MINUTE_MS);
    await liveMinutes(night, 2, { [FUNCTION]: { calls: 30 }, [CUT_OFF]: { calls: 30 } });
    await deploy(FUNCTION);
    await night.settle();
    await night.sandbox
      .client(EventBridgeClient)
      .send(new DisableRuleCommand({ Name: 'lamplighter-dev-analysis-changes' }));
    await deploy(CUT_OFF);
    await night.settle(MINUTE_MS);
    failedAt = Math.floor(night.clock.now() / MINUTE_MS) * MINUTE_MS;
    const failing = { calls: 30, failures: 15 };
    await liveMinutes(night, 2, { [FUNCTION]: failing, [CUT_OFF]: failing });
    open = await openPage(browser(), night.pageUrl, DESKTOP);
    page = open.page;
  }, 600_000);
  afterAll(() => night?.stop());

  /** Its code, and half the memory, of which calls tell nothing yet. */
  async function deploy(FunctionName: string): Promise<void> {
    const lambda = night.sandbox.client(LambdaClient);
    await lambda.send(new UpdateFunctionCodeCommand({ FunctionName, ZipFile: Buffer.from(AFTER, 'base64') }));
    await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, MemorySize: 256 }));
  }

  test.each([
    ['as the trail tells it, with who made it', FUNCTION, / by \S+/],
    ['without a trail, as the function tells it', CUT_OFF, /CloudTrail trail/],
  ])('sees the deploy on the page of the function, %s', async (_how, name, who) => {
    await goTo(page, `#/function?name=${name}`);
    const versions = page.locator('section', { has: page.getByRole('heading', { name: 'Versions and deploys' }) });
    await versions.getByText('new code of $LATEST').waitFor();

    const shown = (await versions.textContent()) ?? '';
    expect(shown).toContain('configuration: memorySize 512 → 256');
    expect(shown).toMatch(who);
    // The mark of the charts.
    expect(await page.locator('.mark', { hasText: 'new code of $LATEST' }).count()).toBe(1);
    await look(page, `deploys-${name}`);
  });

  test('sees it in the story of a request that failed after it, before the first line', async () => {
    await goTo(page, `#/request?id=${requestIdOf(FUNCTION, failedAt, 0)}`);
    await page.locator('.timeline .made').first().waitFor();

    const entries = await page.locator('.timeline li').allTextContents();
    const deployedAt = entries.findIndex((text) => text.includes('new code of $LATEST'));
    expect(deployedAt).toBeGreaterThanOrEqual(0);
    expect(deployedAt).toBeLessThan(entries.findIndex((text) => text.includes('is being paid')));
    await look(page, 'deploys-request');
  });

  test('sees it on the page of the finding, on a phone too', async () => {
    const phone = await openPage(browser(), `${night.pageUrl}#/findings`, PHONE);
    await phone.page
      .locator('a.title', { hasText: `${FUNCTION} fails in` })
      .first()
      .click();
    await phone.page.getByRole('heading', { name: 'Changed shortly before, or since' }).waitFor();

    expect(await phone.page.locator('.changes').textContent()).toContain('new code of $LATEST');
    await look(phone.page, 'deploys-finding-phone');
    expect(await hostilityOf(phone.page)).toEqual(NONE);
    await phone.close();
    expect(open.faults).toEqual([]);
  });
});
