import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Remediation, RemediationChanged, type RemediationsQuery } from '@lamplighter/contracts';
import type { Browser, Page } from 'playwright-core';
import { DESKTOP, findChromium, openPage, startBrowser } from './browser.ts';
import { answered } from './fake-services.ts';
import { startPlayedConsole } from './played-console.ts';

const chromium = findChromium();
const whereThereIsABrowser = chromium === undefined ? describe.skip : describe;
const SOON = { timeout: 30_000 };

const { remediation } = RemediationChanged.example;
const aRepair = (remediationId: string): Remediation => ({ ...remediation, remediationId, state: 'awaiting-approval' });

/** What the services hold at the moment, and what they were asked to change. */
const played = { isKilled: false, waiting: [] as Remediation[], changes: [] as RemediationsQuery[] };

whereThereIsABrowser('what others do while somebody decides', () => {
  let served: Awaited<ReturnType<typeof startPlayedConsole>>;
  let browser: Browser;
  let page: Page;
  let close: () => Promise<void>;

  beforeAll(async () => {
    served = await startPlayedConsole({ remediations: async (query) => answered(answerOf(query)) });
    browser = await startBrowser(chromium!);
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    served?.stop();
  });
  beforeEach(async () => {
    Object.assign(played, { isKilled: false, waiting: [], changes: [] });
    await close?.();
  });

  const open = async (hash: string): Promise<void> => {
    ({ page, close } = await openPage(browser, `${served.url}${hash}`, DESKTOP));
  };

  test('a question about the kill switch stays the one that was asked, and never turns it the other way', async () => {
    await open('#/guardrails');
    await page.getByRole('button', { name: 'Stop all repairs…' }).click();

    played.isKilled = true;
    await page.getByText('On: nothing is repaired').waitFor(SOON);

    const dialog = page.locator('dialog');
    expect(await dialog.locator('h2').textContent()).toBe('Stop all repairs?');
    expect(await dialog.textContent()).toContain('on already');
    await dialog.getByRole('button', { name: 'Stop them' }).click();
    await dialog.waitFor({ state: 'detached', ...SOON });
    expect(played.changes).toEqual([{ kind: 'set-kill-switch', isOn: true, by: 'anna@example.com' }]);
    expect(played.isKilled).toBe(true);
  });

  test.each(['#/now', `#/remediation?id=r-1`])(
    'on %s a question about a repair stays open when somebody else decides it, and says so',
    async (place) => {
      played.waiting = [aRepair('r-1'), aRepair('r-2')];
      await open(place);
      await page.getByRole('button', { name: 'Approve…' }).first().click();

      played.waiting = [aRepair('r-2')];

      const dialog = page.locator('dialog');
      await dialog.getByText('does not wait any more').waitFor(SOON);
      expect(await dialog.getByRole('button', { name: 'Approve' }).isDisabled()).toBe(true);
      await dialog.getByRole('button', { name: 'Cancel' }).click();
      await dialog.waitFor({ state: 'detached', ...SOON });
      expect(played.changes).toEqual([]);
    },
  );

  test('a question does not follow to another page', async () => {
    played.waiting = [aRepair('r-1')];
    await open('#/now');
    await page.getByRole('button', { name: 'Approve…' }).click();
    await page.locator('dialog').waitFor(SOON);

    await page.evaluate(`location.hash = '#/remediations'`);

    await page.locator('dialog').waitFor({ state: 'detached', ...SOON });
  });
});

function answerOf(query: RemediationsQuery) {
  switch (query.kind) {
    case 'overview':
      return { kind: 'overview' as const, waiting: played.waiting, recent: [], isKilled: played.isKilled };
    case 'by-id': {
      const found = played.waiting.find(({ remediationId }) => remediationId === query.remediationId);
      return { kind: 'remediation' as const, remediation: found ?? { ...aRepair('r-1'), state: 'declined' as const } };
    }
    case 'recent':
      return { kind: 'remediations' as const, remediations: played.waiting };
    case 'set-kill-switch':
      played.changes.push(query);
      played.isKilled = query.isOn;
      return guardrails();
    case 'guardrails':
      return guardrails();
    default:
      played.changes.push(query);
      return { kind: 'not-found' as const };
  }
}

const guardrails = () => ({ kind: 'guardrails' as const, isKilled: played.isKilled, config: {} });
