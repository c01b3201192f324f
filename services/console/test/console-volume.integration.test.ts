import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { AnomalyDetected } from '@lamplighter/contracts';
import { START_MS } from './a-night.ts';
import { DESKTOP, goTo, openPage, PHONE, until } from './browser.ts';
import { type DeployedConsole, startConsole } from './deployed-console.ts';
import { describeInBrowser } from './describe-in-browser.ts';
import { standInFindings, standInFunctions } from './stand-in-services.ts';
import { untilTold } from './until-told.ts';

const FINDINGS = 10_000;
const FUNCTIONS = 1_000;
const SCRIPT_LIMIT_BYTES = 150_000;

let deployed: DeployedConsole;
beforeAll(async () => {
  deployed = await startConsole({
    services: [],
    standIns: [standInFindings(AnomalyDetected.example.finding, FINDINGS), standInFunctions(FUNCTIONS)],
    startMs: START_MS,
    withPage: true,
  });
  await untilTold('findings', async () => {
    const response = await ask('/api/findings?limit=10');
    return response.ok ? response.text() : undefined;
  });
});
afterAll(() => deployed?.stop());

const ask = (path: string, init: RequestInit = {}) => fetch(`${deployed.edgeUrl}${path}`, init);

describe('through CloudFront and the API, as packaged', () => {
  test('the page comes with a policy that lets nothing in but its own scripts', async () => {
    const response = await ask('/');
    const policy = response.headers.get('content-security-policy') ?? '';

    expect(response.status).toBe(200);
    expect(policy).toContain("default-src 'none'; script-src 'self'");
    expect(policy).toContain("require-trusted-types-for 'script'");
    expect(policy).not.toContain('unsafe');
    expect(await response.text()).not.toMatch(/<script(?![^>]*\bsrc=)/);
  });

  test('the first load is small', async () => {
    const document = await (await ask('/')).text();
    const scripts = [...document.matchAll(/src="(\/assets\/[^"]+\.js)"/g)].map(([, path]) => path!);
    const sizes = await Promise.all(scripts.map(async (path) => gzipSync(await (await ask(path)).bytes()).length));
    expect(scripts.length).toBeGreaterThan(0);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(SCRIPT_LIMIT_BYTES / 3);
  });

  test('an unchanged answer is a tag and nothing else', async () => {
    const first = await ask('/api/findings?limit=10');
    const again = await ask('/api/findings?limit=10', {
      headers: { 'if-none-match': first.headers.get('etag') ?? '' },
    });
    expect(first.status).toBe(200);
    expect({ status: again.status, body: await again.text() }).toEqual({ status: 304, body: '' });
  });

  test('a long answer comes compressed through the edge, and whole', async () => {
    const compressed = await ask('/api/findings?limit=200');
    const plain = await ask('/api/findings?limit=200', { headers: { 'accept-encoding': 'identity' } });
    expect(compressed.headers.get('content-encoding')).toBe('gzip');
    expect(plain.headers.get('content-encoding')).toBeNull();
    expect(await compressed.text()).toBe(await plain.text());
  });

  test('of services one learns what is not deployed', async () => {
    const alerts = await ask('/api/alerts');
    expect(alerts.status).toBe(404);
    expect(await alerts.json()).toMatchObject({ code: 'NOT_DEPLOYED' });
  });

  test('another site cannot act', async () => {
    const response = await ask('/api/kill-switch', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-lamplighter-console': '1', 'sec-fetch-site': 'cross-site' },
      body: '{"isOn":true}',
    });
    expect(response.status).toBe(403);
  });

  test('the API uses every kind of permission that it has', async () => {
    const allowed = deployed.sandbox.iam
      .usage()
      .filter(({ roleName }) => roleName.includes('AnswerRequest'))
      .map(({ action }) => action);
    expect(new Set(allowed)).toEqual(new Set(['lambda:InvokeFunction', 'logs:CreateLogStream', 'logs:PutLogEvents']));
  });
});

describeInBrowser('long lists', (browser) => {
  test.each([
    ['a phone', PHONE],
    ['a desktop', DESKTOP],
  ])(
    'on %s ten thousand findings are scrolled to the last with a few dozen rows in the document',
    async (_name, options) => {
      const { page, faults, close } = await openPage(browser(), deployed.pageUrl, options);
      await goTo(page, '#/findings');
      const last = page.locator('a.title', { hasText: `${FINDINGS - 1}: ` });
      for (let round = 0; round < FINDINGS / 200 + 10 && (await last.count()) === 0; round++) {
        const before = await page.evaluate<number>('document.documentElement.scrollHeight');
        await page.evaluate('scrollTo(0, document.documentElement.scrollHeight)');
        await until(page, `document.documentElement.scrollHeight > ${before} || !document.querySelector('.more')`);
        expect(await page.locator('.virtual-row').count()).toBeLessThan(80);
      }
      await last.waitFor();
      expect(faults).toEqual([]);
      await close();
    },
  );

  test('a service that is not there is said to be not deployed', async () => {
    const { page, close } = await openPage(browser(), deployed.pageUrl, DESKTOP);
    await goTo(page, '#/forecasts');
    await page.getByText('Not deployed', { exact: true }).first().waitFor();
    await goTo(page, '#/now');
    await page.locator('li', { hasText: 'prediction' }).getByText('not deployed').waitFor();
    await close();
  });

  test('a thousand functions are narrowed down while one types', async () => {
    const { page, close } = await openPage(browser(), deployed.pageUrl, PHONE);
    await goTo(page, '#/functions');
    await page.locator('.virtual-row').first().waitFor();
    expect(await page.evaluate(`document.querySelector('.virtual').style.height`)).toBe(`${FUNCTIONS * 96}px`);
    await page.getByLabel('Filter').fill('function-999');
    await until(page, `document.querySelectorAll('.virtual-row').length === 1`);
    await close();
  });
});
