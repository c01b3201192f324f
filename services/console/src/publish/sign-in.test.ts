import { expect, test } from '@jest/globals';
import { buildPage } from './build-page.ts';
import { parseSignIn } from './sign-in.ts';

test.each([
  ['{"kind":"iam","issuer":"","clientId":"","scope":"openid email"}', { kind: 'iam' }],
  [
    '{"kind":"oidc","issuer":"https://id.example.com","clientId":"abc","scope":"openid"}',
    { kind: 'oidc', issuer: 'https://id.example.com', clientId: 'abc', scope: 'openid' },
  ],
])('%s is how to sign in', (output, signIn) => {
  expect(parseSignIn(output)).toEqual(signIn);
});

test.each([
  ['', 'JSON'],
  ['{"kind":"oidc","issuer":"","clientId":"abc","scope":"openid"}', 'issuer'],
  ['{"kind":"oidc","issuer":"https://id.example.com","clientId":"","scope":"openid"}', 'clientId'],
  ['{"kind":"oidc","issuer":"https://a"b","clientId":"abc","scope":"openid"}', 'JSON'],
])('%j publishes no page', (output, what) => {
  expect(() => parseSignIn(output)).toThrow(what);
});

test('what is odd in a parameter stays inside its attribute', async () => {
  const clientId = '"><script>alert(1)</script>&amp;$&';
  const files = await buildPage({ kind: 'oidc', issuer: 'https://id.example.com', clientId, scope: 'openid' });
  const document = Buffer.from(files.at(-1)!.bytes).toString();
  const [, content = ''] = document.match(/<meta name="sign-in" content="([^"]*)" \/>/) ?? [];

  expect(JSON.parse(content.replaceAll('&quot;', '"').replaceAll('&amp;', '&'))).toMatchObject({ clientId });
});
