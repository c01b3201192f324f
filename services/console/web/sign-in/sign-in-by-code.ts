import * as oauth from 'oauth4webapi';

interface Provider {
  readonly issuer: string;
  readonly clientId: string;
  readonly scope: string;
}

/** A token that the provider just gave, with what it says. */
interface NewToken {
  readonly idToken: string;
  readonly claims: Readonly<Record<string, unknown>> & { readonly exp: number };
}

const FLOW = 'lamplighter.flow';

/**
 * OpenID Connect, authorization code with PKCE, as a public client: the token that the provider just sent a code for, else undefined, on the way
 * to the provider. Shares no module with the page: the page would have to wait for one more file that holds it.
 */
export async function signInByCode({ issuer, clientId, scope }: Provider): Promise<NewToken | undefined> {
  const issuerUrl = new URL(issuer);
  const insecure =
    issuerUrl.protocol === 'http:' && issuerUrl.hostname === '127.0.0.1' ? { [oauth.allowInsecureRequests]: true } : {};
  const server = await oauth.processDiscoveryResponse(issuerUrl, await oauth.discoveryRequest(issuerUrl, insecure));
  const client: oauth.Client = { client_id: clientId };
  const here = new URL(location.href);
  const flow = keptFlow();
  if (flow !== undefined && here.searchParams.has('state')) return finish({ server, client, flow, here, insecure });
  await leave({ server, client, scope });
  return undefined;
}

interface Flow {
  readonly verifier: string;
  readonly state: string;
  readonly nonce: string;
  readonly hash: string;
}

const redirectUri = (): string => `${location.origin}/`;

async function leave({
  server,
  client,
  scope,
}: {
  server: oauth.AuthorizationServer;
  client: oauth.Client;
  scope: string;
}): Promise<void> {
  const flow: Flow = {
    verifier: oauth.generateRandomCodeVerifier(),
    state: oauth.generateRandomState(),
    nonce: oauth.generateRandomNonce(),
    hash: location.hash,
  };
  sessionStorage.setItem(FLOW, JSON.stringify(flow));
  const url = new URL(server.authorization_endpoint ?? '');
  const asked = {
    client_id: client.client_id,
    redirect_uri: redirectUri(),
    response_type: 'code',
    scope,
    state: flow.state,
    nonce: flow.nonce,
    code_challenge: await oauth.calculatePKCECodeChallenge(flow.verifier),
    code_challenge_method: 'S256',
  };
  for (const [name, value] of Object.entries(asked)) url.searchParams.set(name, value);
  location.assign(url);
}

async function finish({
  server,
  client,
  flow,
  here,
  insecure,
}: {
  server: oauth.AuthorizationServer;
  client: oauth.Client;
  flow: Flow;
  here: URL;
  insecure: object;
}): Promise<NewToken> {
  sessionStorage.removeItem(FLOW);
  const code = oauth.validateAuthResponse(server, client, here, flow.state);
  const response = await oauth.authorizationCodeGrantRequest(
    server,
    client,
    oauth.None(),
    code,
    redirectUri(),
    flow.verifier,
    insecure,
  );
  const result = await oauth.processAuthorizationCodeResponse(server, client, response, {
    expectedNonce: flow.nonce,
    requireIdToken: true,
  });
  const claims = oauth.getValidatedIdTokenClaims(result);
  if (result.id_token === undefined || claims === undefined) throw new Error('The identity provider sent no ID token.');
  history.replaceState(undefined, '', `/${flow.hash}`);
  return { idToken: result.id_token, claims };
}

function keptFlow(): Flow | undefined {
  const text = sessionStorage.getItem(FLOW);
  return text === null ? undefined : (JSON.parse(text) as Flow);
}
