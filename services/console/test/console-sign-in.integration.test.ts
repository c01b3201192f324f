import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Now } from '../src/api/get-now.ts';
import { askBeforeRepairs, findOutOfMemory, watch } from './a-night.ts';
import { DESKTOP, goTo, openPage, seriousViolations, until } from './browser.ts';
import { type DeployedConsole, startConsole } from './deployed-console.ts';
import { describeInBrowser } from './describe-in-browser.ts';
import { CLIENT_ID, startIdentityProvider } from './identity-provider.ts';
import { untilTold } from './until-told.ts';

/** The provider's port is not known yet when the stack is packaged. */
const PLACEHOLDER = 'http://127.0.0.1:1';

let provider: Awaited<ReturnType<typeof startIdentityProvider>>;
let deployed: DeployedConsole;
beforeAll(async () => {
  provider = await startIdentityProvider();
  deployed = await startConsole({
    services: ['backbone', 'ingestion', 'remediation'],
    startMs: Date.now(),
    params: { signIn: 'oidc', oidcIssuer: PLACEHOLDER, oidcClientId: CLIENT_ID, oidcOrigins: PLACEHOLDER },
    replaced: [PLACEHOLDER, provider.issuer],
    withPage: true,
  });
  const { sandbox, clock, settle } = deployed;
  await askBeforeRepairs(sandbox, ['anna@example.com']);
  await watch(deployed, 'shop-pay');
  await findOutOfMemory(sandbox, 'shop-pay', clock.now());
  await settle(5_000);
}, 480_000);
afterAll(async () => {
  await deployed?.stop();
  await provider?.stop();
});

const ask = (path: string, token?: string, init: RequestInit = {}) =>
  fetch(`${deployed.edgeUrl}${path}`, {
    ...init,
    headers: { ...init.headers, ...(token && { authorization: `Bearer ${token}` }) },
  });

describe('with an identity provider', () => {
  test.each([
    ['no token', () => undefined],
    ['a token of another audience', () => provider.token({ aud: 'somebody-else' })],
    ['a token that has expired', () => provider.token({ exp: Math.floor(Date.now() / 1000) - 60 })],
    [
      'a token that was tampered with',
      () => provider.token().replace(/\.[^.]+\./, `.${Buffer.from('{"sub":"root"}').toString('base64url')}.`),
    ],
  ])('%s opens nothing', async (_what, token) => {
    expect((await ask('/api/now', token())).status).toBe(401);
  });

  test('a token opens the API', async () => {
    expect((await ask('/api/now', provider.token())).status).toBe(200);
  });

  describe('a repair that waits for Anna', () => {
    const waitingId = async () => {
      const { waiting } = (await (await ask('/api/now', provider.token())).json()) as Now;
      return waiting[0]?.remediationId;
    };
    const decide = async (decision: string, claims: object) => {
      const remediationId = await untilTold('a repair that waits', waitingId);
      const response = await ask('/api/decide', provider.token(claims), {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-lamplighter-console': '1' },
        body: JSON.stringify({ remediationId, decision }),
      });
      return { status: response.status, told: await response.json() };
    };

    test.each([
      ['Ben, who may sign in and is no approver', { email: 'ben@example.com' }, 'ben@example.com'],
      ['whoever typed her address and did not verify it', { sub: '66', email_verified: false }, 'sub:66'],
      ['whoever chose her name as a subject', { sub: 'anna', email_verified: false }, 'sub:anna'],
      ['whoever is called like her by the provider', { sub: '67', email: 'Anna' }, 'Anna'],
    ])('is not decided by %s', async (_who, claims, name) => {
      expect(await decide('approve', claims)).toMatchObject({
        status: 409,
        told: { detail: `${name} is not among the approvers of the guardrails' configuration.` },
      });
    });

    test('is decided by her e-mail address, in her name', async () => {
      expect(await decide('decline', {})).toMatchObject({
        status: 200,
        told: { remediation: { state: 'declined', decisions: [{ by: 'anna', decision: 'decline' }] } },
      });
    });
  });

  test('only the page is open to anybody, and says how to sign in', async () => {
    const document = await (await ask('/')).text();
    const [, content = ''] = document.match(/<meta name="sign-in" content="([^"]*)"/) ?? [];
    expect(JSON.parse(content.replaceAll('&quot;', '"'))).toEqual({
      kind: 'oidc',
      issuer: provider.issuer,
      clientId: CLIENT_ID,
      scope: 'openid email',
    });
  });
});

describeInBrowser('the page', (browser) => {
  test('goes to the provider and comes back signed in, to where it was, with nothing left in its address', async () => {
    const { page, faults, close } = await openPage(browser(), `${deployed.pageUrl}#/remediations`, DESKTOP);
    try {
      await page.getByText('anna@example.com').waitFor();
      await page.getByText('Set the memory of shop-pay').first().waitFor();
      expect(page.url()).toBe(`${deployed.pageUrl}#/remediations`);
      expect(faults).toEqual([]);
    } finally {
      await close();
    }
  });

  test('says that its sign-in has ended, keeps what it shows without calling it live, and begins anew when asked to', async () => {
    const { page, close } = await openPage(browser(), `${deployed.pageUrl}#/remediations`, DESKTOP);
    try {
      await page.locator('.live', { hasText: '● live' }).waitFor();
      await page.getByText('Set the memory of shop-pay').first().waitFor();

      await deployed.clock.advance(600_000);

      await page.getByText('The sign-in has ended.').waitFor();
      await page.locator('.live', { hasText: 'not live since' }).waitFor();
      expect(await page.getByText('Set the memory of shop-pay').count()).toBeGreaterThan(0);
      expect(await page.evaluate('sessionStorage.length')).toBe(0);
      expect(await seriousViolations(page)).toEqual([]);
      await goTo(page, '#/now');
      await until(page, `document.querySelector('h1.verdict')?.textContent.includes('As of ')`);

      // A token that the browser's clock thinks good and the API does not: told again, and nobody is sent around.
      const exchanged = page.waitForResponse(/\/token$/);
      await page.getByRole('button', { name: 'Sign in again' }).click();
      await exchanged;
      await page.getByText('The sign-in has ended.').waitFor();

      provider.setLifetime(3_600);
      await page.getByRole('button', { name: 'Sign in again' }).click();
      await page.locator('.live', { hasText: '● live' }).waitFor();
      expect(page.url()).toBe(`${deployed.pageUrl}#/now`);
      expect(await page.getByText('The sign-in has ended.').count()).toBe(0);
    } finally {
      await close();
    }
  });

  test('whom the provider refuses reads its reason, and has a way on', async () => {
    provider.deny('Anna is not assigned to <b>Lamplighter</b>.');
    const { page, close } = await openPage(browser(), `${deployed.pageUrl}#/now`, DESKTOP);
    try {
      await page.getByText('The identity provider says: Anna is not assigned to <b>Lamplighter</b>.').waitFor();
      expect(await page.locator('b').count()).toBe(0);

      provider.deny();
      await page.getByRole('button', { name: 'Try again' }).click();
      await page.getByText('anna@example.com').waitFor();
    } finally {
      provider.deny();
      await close();
    }
  });

  test('who signs out leaves nothing behind, and is signed in again when asked to', async () => {
    const { page, close } = await openPage(browser(), `${deployed.pageUrl}#/remediations`, DESKTOP);
    try {
      await page.getByText('Set the memory of shop-pay').first().waitFor();

      await page.getByRole('button', { name: 'sign out' }).click();

      await page.getByRole('heading', { name: 'Signed out' }).waitFor();
      expect(await page.getByText('Set the memory of shop-pay').count()).toBe(0);
      expect(await page.evaluate('sessionStorage.getItem("lamplighter.token")')).toBeNull();
      await page.reload();
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.getByText('Set the memory of shop-pay').first().waitFor();
      expect(page.url()).toBe(`${deployed.pageUrl}#/remediations`);
    } finally {
      await close();
    }
  });
});
