import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { DESKTOP, openPage, until } from './browser.ts';
import { describeInBrowser } from './describe-in-browser.ts';
import { alert, answered, finding } from './fake-services.ts';
import { startPlayedConsole } from './played-console.ts';
import { alertsAnswerOf, aRepair, begin, played, remediationsAnswerOf } from './played-moments.ts';

describeInBrowser('moments that a sandbox does not bring about', (browser) => {
  let served: Awaited<ReturnType<typeof startPlayedConsole>>;
  let page: Page;
  let close: () => Promise<void>;

  beforeAll(async () => {
    served = await startPlayedConsole({
      remediations: async (query) => answered(remediationsAnswerOf(query)),
      findings: async () => answered({ kind: 'findings', findings: played.findings }),
      alerts: async (query) => answered(alertsAnswerOf(query)),
    });
  });
  afterAll(() => served?.stop());
  beforeEach(async () => {
    begin();
    await close?.();
  });

  const open = async (hash: string): Promise<void> => {
    ({ page, close } = await openPage(browser(), `${served.url}${hash}`, DESKTOP));
  };

  test('a question about the kill switch stays the one that was asked, and never turns it the other way', async () => {
    await open('#/guardrails');
    await page.getByRole('button', { name: 'Stop all repairs…' }).click();

    played.isKilled = true;
    await page.getByText('On: nothing is repaired').waitFor();

    const dialog = page.locator('dialog');
    expect(await dialog.locator('h2').textContent()).toBe('Stop all repairs?');
    expect(await dialog.textContent()).toContain('on already');
    await dialog.getByRole('button', { name: 'Stop them' }).click();
    await dialog.waitFor({ state: 'detached' });
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
      await dialog.getByText('does not wait any more').waitFor();
      expect(await dialog.getByRole('button', { name: 'Approve' }).isDisabled()).toBe(true);
      await dialog.getByRole('button', { name: 'Cancel' }).click();
      await dialog.waitFor({ state: 'detached' });
      expect(played.changes).toEqual([]);
    },
  );

  test('a question does not follow to another page', async () => {
    played.waiting = [aRepair('r-1')];
    await open('#/now');
    await page.getByRole('button', { name: 'Approve…' }).click();
    await page.locator('dialog').waitFor();

    await page.evaluate(`location.hash = '#/remediations'`);

    await page.locator('dialog').waitFor({ state: 'detached' });
  });

  describe('the key a', () => {
    const acknowledged = () => played.alerts.filter(({ state }) => state === 'acknowledged').map(({ title }) => title);

    test('acknowledges nothing that nobody looked at: it takes the focus to the first, and acts on what has it', async () => {
      played.alerts = [{ ...alert, alertId: 'a-1', title: 'the one that was read' }];
      await open('#/alerts');
      await page.getByText('the one that was read').waitFor();
      played.alerts.unshift({ ...alert, alertId: 'a-2', title: 'the one that has just come' });
      await page.getByText('the one that has just come').waitFor();

      await page.keyboard.press('a');
      expect(await page.evaluate<string>('document.activeElement.textContent')).toBe('the one that has just come');
      await page.keyboard.press('j');
      await page.keyboard.press('a');

      await page.getByText('taken on by anna').waitFor();
      expect(acknowledged()).toEqual(['the one that was read']);
    });

    test('does nothing, nor does any other, once keys are turned off; they stay off, and can be turned on again', async () => {
      played.alerts = [{ ...alert, title: 'the only one' }];
      await open('#/alerts');
      await page.keyboard.press('?');
      await page.getByRole('checkbox').uncheck();
      await page.keyboard.press('Escape');
      await page.reload();
      await page.locator('a.title').focus();

      for (const key of ['a', 'n', '?', '/']) await page.keyboard.press(key);

      expect(await page.locator('dialog').count()).toBe(0);
      expect(await page.evaluate('location.hash')).toBe('#/alerts');
      await page.getByRole('button', { name: 'keys (?)' }).click();
      await page.getByRole('checkbox').check();
      await page.keyboard.press('Escape');
      await page.keyboard.press('n');
      expect(await page.evaluate('location.hash')).toBe('#/now');
      expect(acknowledged()).toEqual([]);
    });
  });

  const focused = () => page.evaluate<string>('document.activeElement.textContent');
  const announced = (text: string) => page.locator('#announced', { hasText: text }).waitFor({ state: 'attached' });

  test('an alert is closed after a question alone, which says what it means', async () => {
    played.alerts = [{ ...alert, severity: 'critical', title: 'the one that wakes people' }];
    await open('#/alerts');
    const card = page.locator('.item', { hasText: 'the one that wakes people' });
    const dialog = page.locator('dialog');
    await card.getByRole('button', { name: 'Close…' }).click();
    expect(await dialog.textContent()).toContain('no alert opens for it');
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(played.answers).toEqual([]);

    await card.getByRole('button', { name: 'Close…' }).click();
    await dialog.getByRole('button', { name: 'Close it' }).click();

    await announced('Closed.');
    expect(played.answers).toEqual([expect.objectContaining({ kind: 'answer', answer: 'close' })]);
    expect(await focused()).toBe('the one that wakes people');
  });

  test('who acknowledges by keys stays at the alert, and hears that it worked', async () => {
    played.alerts = [{ ...alert, title: 'the only one' }];
    await open('#/alerts');
    await page.getByRole('button', { name: 'Acknowledge' }).focus();
    await page.keyboard.press('Enter');

    await page.getByText('taken on by anna').waitFor();

    await announced('Acknowledged');
    expect(await focused()).toBe('the only one');
  });

  test('what has the focus may go away: then the heading has it, and what is open is said', async () => {
    played.findings = [{ ...finding, findingId: 'f-1', title: 'the one that ends', state: 'open' }];
    await open('#/now');
    await page.locator('a.title', { hasText: 'the one that ends' }).focus();

    played.findings = [];
    await page.getByText('the one that ends').waitFor({ state: 'detached' });

    await until(page, `document.activeElement?.tagName === 'H1'`);
    await announced('Lamplighter itself sees only a part');
  });

  test('a repair that its owner changed meanwhile is not said to be kept', async () => {
    played.waiting = [{ ...aRepair('r-1'), state: 'kept', leftToOwner: 'MemorySize is 1024 by now.' }];
    for (const place of ['#/remediations', '#/remediation?id=r-1']) {
      await open(place);
      await page.locator('.badge', { hasText: 'left to its owner' }).waitFor();
      await page.getByText('MemorySize is 1024 by now.').waitFor();
      expect(await page.locator('.badge', { hasText: 'kept' }).count()).toBe(0);
      await close();
    }
  });

  test('a repair that needs two people says what to do, and who said yes already', async () => {
    const yes = { by: 'ben', decision: 'approve', at: 1, through: 'link' } as const;
    played.waiting = [{ ...aRepair('r-1'), approvalsNeeded: 2, decisions: [yes] }];
    await open('#/now');

    const card = page.locator('.item', { hasText: 'needs two people' });
    await card.getByText('Open yours and press Approve').waitFor();
    expect(await card.textContent()).toContain('Approved so far by ben.');
    expect(await card.getByRole('button').allTextContents()).toEqual(['Decline…']);
  });

  test('what was kept for its time and taken back is not said to be kept', async () => {
    played.waiting = [{ ...aRepair('r-1'), state: 'kept', takenBack: true }];
    for (const place of ['#/remediations', '#/remediation?id=r-1']) {
      await open(place);
      await page.locator('.badge', { hasText: 'taken back' }).waitFor();
      expect(await page.locator('.badge', { hasText: 'kept' }).count()).toBe(0);
      await close();
    }
  });

  test('in a storm Now says how many there are, what it shows of them, and where the others are answered', async () => {
    const ids = Array.from({ length: 150 }, (_, at) => `f-${at}`);
    played.findings = ids.map((id) => ({ ...finding, findingId: id, groupKey: id, state: 'open' }));
    played.alerts = ids.slice(0, 90).map((id) => ({ ...alert, alertId: `a-${id}`, subject: { kind: 'finding', id } }));
    played.alertsTotal = 150;
    await open('#/now');

    const text = (await page.locator('main').textContent()) ?? '';
    expect(text).toContain('150 findings open');
    expect(text).toContain('the worst 100 of 150');
    expect(text).toContain('10 of them show no alert here: of 150 alerts, 90 are told at once.');
  });

  test('an alert behind the newest hundred is found, answered, and shown as answered', async () => {
    played.alerts = Array.from({ length: 150 }, (_, at) => ({ ...alert, alertId: `a-${at}`, title: `alert ${at}` }));
    await open('#/alerts');
    const oldest = page.locator('.item', { hasText: 'alert 149' });
    expect(await oldest.count()).toBe(0);
    await page.getByRole('button', { name: 'Show older ones' }).click();

    await oldest.getByRole('button', { name: 'Acknowledge' }).click();

    await oldest.getByText('taken on by anna').waitFor();
    expect(await page.getByRole('button', { name: 'Show older ones' }).count()).toBe(0);
  });
});
