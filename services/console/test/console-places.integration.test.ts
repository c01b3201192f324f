import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { type FindingsAnswer, type FindingsQuery, RemediationChanged } from '@lamplighter/contracts';
import type { Page } from 'playwright-core';
import { DESKTOP, goTo, openPage, seriousViolations, until } from './browser.ts';
import { describeInBrowser } from './describe-in-browser.ts';
import { answered, finding } from './fake-services.ts';
import { startPlayedConsole } from './played-console.ts';

const FINDINGS = 1_000;
const HOSTILE = 'a\u202etxt.exe\u0007';

const ids = Array.from({ length: FINDINGS }, (_, at) => at);
const aFinding = (at: number) => ({
  ...finding,
  findingId: `f-${at}`,
  title: `finding ${at}`,
  state: 'resolved' as const,
});
const asked: FindingsQuery[] = [];

function answerOf(query: FindingsQuery): FindingsAnswer {
  asked.push(query);
  if (query.kind === 'by-id') return { kind: 'finding', finding: aFinding(Number(query.findingId.slice(2))) };
  if (query.kind !== 'recent') return { kind: 'findings', findings: [] };
  const from = Number(query.cursor ?? 0);
  const end = from + (query.limit ?? 50);
  const findings = ids.slice(from, end).map(aFinding);
  return { kind: 'findings', findings, ...(end < FINDINGS && { cursor: String(end) }) };
}

describeInBrowser('where one is', (browser) => {
  let served: Awaited<ReturnType<typeof startPlayedConsole>>;
  let page: Page;
  let faults: string[];
  let close: () => Promise<void>;

  beforeAll(async () => {
    const { remediation } = RemediationChanged.example;
    served = await startPlayedConsole({
      findings: async (query) => answered(answerOf(query)),
      remediations: async () => answered({ kind: 'remediation', remediation }),
    });
  });
  afterAll(() => served?.stop());
  beforeEach(async () => {
    ({ page, faults, close } = await openPage(browser(), served.url, DESKTOP));
  });
  afterEach(async () => {
    expect(faults.filter((fault) => !fault.startsWith('Failed to load resource'))).toEqual([]);
    await close();
  });

  const focused = () =>
    page.evaluate<string>('`${document.activeElement.tagName} ${document.activeElement.textContent}`');
  const titleIs = (title: string) => until(page, `document.title === ${JSON.stringify(title)}`);

  test.each([
    ['#/now', 'Now'],
    ['#/findings', 'Findings'],
    ['#/finding?id=f-7', 'finding 7'],
    ['#/functions', 'Functions'],
    ['#/function?name=shop-pay', 'shop-pay'],
    ['#/remediations', 'Remediations'],
    ['#/remediation?id=r-1', RemediationChanged.example.remediation.title],
    ['#/alerts', 'Alerts'],
    ['#/request?id=abc', 'Request abc'],
    ['#/search?q=order', 'Search: order'],
    ['#/forecasts', 'Forecasts and cost'],
    ['#/guardrails', 'Guardrails'],
    ['#/nowhere', 'No such page'],
    [`#/function?name=${encodeURIComponent(HOSTILE)}`, 'a\\u{202e}txt.exe\\u{7}'],
  ])('the title of %s says so', async (place, title) => {
    await goTo(page, place);
    await titleIs(`${title} · Lamplighter`);
  });

  test('the first page leaves the focus alone; each further one gives it to its heading, also when that comes late', async () => {
    expect(await focused()).toMatch(/^BODY/);
    await goTo(page, '#/findings');
    expect(await focused()).toMatch(/^H1 Findings/);
    await page.locator('a.title', { hasText: 'finding 3' }).first().click();
    await titleIs('finding 3 · Lamplighter');
    expect(await focused()).toBe('H1 finding 3');
  });

  test('whoever is searching by the time the heading comes goes on searching', async () => {
    await goTo(page, '#/findings');
    await page.locator('a.title').first().waitFor();
    await page.evaluate(`location.hash = '#/finding?id=f-3'`);
    await page.locator('#search').focus();
    await titleIs('finding 3 · Lamplighter');
    expect(await page.evaluate('document.activeElement.id')).toBe('search');
  });

  test('Back from a finding far down is where it was left: same rows, same place, the link in focus, nothing asked anew but the newest', async () => {
    await goTo(page, '#/findings');
    const wanted = page.locator('a.title', { hasText: 'finding 555' });
    while ((await wanted.count()) === 0) {
      await page.evaluate('scrollBy(0, 4000)');
      await until(page, 'true');
    }
    await wanted.scrollIntoViewIfNeeded();
    const scrolled = await page.evaluate<number>('scrollY');
    await wanted.click();
    await titleIs('finding 555 · Lamplighter');
    expect(await page.evaluate('scrollY')).toBe(0);
    const before = asked.length;

    await page.goBack();

    await wanted.waitFor();
    expect(await page.evaluate<number>('scrollY')).toBe(scrolled);
    await until(page, `document.activeElement.textContent === 'finding 555'`);
    expect(asked.slice(before).filter((query) => query.kind === 'recent' && query.cursor !== undefined)).toEqual([]);
    expect(await seriousViolations(page)).toEqual([]);
    await page.goForward();
    await titleIs('finding 555 · Lamplighter');
  });

  test('what was chosen on a page is chosen when one comes back to it, and not where one comes anew', async () => {
    await goTo(page, '#/function?name=shop-pay');
    await page.getByRole('button', { name: '6 h' }).click();
    await goTo(page, '#/guardrails');
    await page.goBack();
    await titleIs('shop-pay · Lamplighter');
    expect(await page.getByRole('button', { name: '6 h' }).getAttribute('aria-pressed')).toBe('true');
    await goTo(page, '#/guardrails');
    await goTo(page, '#/function?name=shop-pay');
    expect(await page.getByRole('button', { name: '6 h' }).getAttribute('aria-pressed')).toBe('false');
  });
});
