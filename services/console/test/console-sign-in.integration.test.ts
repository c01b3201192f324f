import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { waitingRepair } from './a-night.ts';
import { DESKTOP, findChromium, openPage, startBrowser } from './browser.ts';
import { type DeployedConsole, startConsole } from './deployed-console.ts';
import { CLIENT_ID, startIdentityProvider } from './identity-provider.ts';
import { standInRemediations } from './stand-in-services.ts';

/** The provider's port is not known yet when the stack is packaged. */
const PLACEHOLDER = 'http://127.0.0.1:1';

let provider: Awaited<ReturnType<typeof startIdentityProvider>>;
let deployed: DeployedConsole;
beforeAll(async () => {
  provider = await startIdentityProvider();
  deployed = await startConsole({
    services: [],
    standIns: [standInRemediations([waitingRepair(Date.now(), 'none')])],
    startMs: Date.now(),
    params: { signIn: 'oidc', oidcIssuer: PLACEHOLDER, oidcClientId: CLIENT_ID, oidcOrigins: PLACEHOLDER },
    replaced: [PLACEHOLDER, provider.issuer],
    withPage: true,
  });
}, 240_000);
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

  test('a token opens the API, and what is done is done in its owner’s name', async () => {
    expect((await ask('/api/now', provider.token())).status).toBe(200);

    const response = await ask('/api/decide', provider.token(), {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-lamplighter-console': '1' },
      body: JSON.stringify({ remediationId: 'shop-pay-memory-1', decision: 'decline' }),
    });

    expect(await response.json()).toMatchObject({
      remediation: { state: 'declined', decisions: [{ by: 'anna@example.com', decision: 'decline' }] },
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

const chromium = findChromium();
const whereThereIsABrowser = chromium === undefined ? describe.skip : describe;

whereThereIsABrowser('the page', () => {
  test('goes to the provider and comes back signed in, to where it was, with nothing left in its address', async () => {
    const browser = await startBrowser(chromium!);
    try {
      const { page, faults } = await openPage(browser, `${deployed.pageUrl}#/remediations`, DESKTOP);
      await page.getByText('anna@example.com').waitFor({ timeout: 60_000 });
      await page.getByText('Raise the memory').first().waitFor({ timeout: 60_000 });
      expect(page.url()).toBe(`${deployed.pageUrl}#/remediations`);
      expect(faults).toEqual([]);
    } finally {
      await browser.close();
    }
  });
});
