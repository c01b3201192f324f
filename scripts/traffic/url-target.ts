import type { TrafficTarget } from './traffic-target.ts';

/**
 * The API at a URL, with a token that somebody got for it.
 *
 * @throws RangeError where the URL is none, or anything but this machine would be asked without TLS
 */
export function urlTarget({
  url,
  token,
  properties,
}: {
  readonly url: string;
  readonly token: string;
  readonly properties: readonly string[];
}): TrafficTarget {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  const isLoopback = parsed?.hostname === '127.0.0.1' || parsed?.hostname === 'localhost';
  if (parsed?.protocol !== 'https:' && !(parsed?.protocol === 'http:' && isLoopback)) {
    throw new RangeError(
      '--url takes an https address of the API, such as https://abc.execute-api.us-east-1.amazonaws.com.',
    );
  }
  if (token === '')
    throw new RangeError('Set TRAFFIC_TOKEN to a bearer token of the mobile API: traffic to a URL needs one.');
  if (properties.length === 0)
    throw new RangeError('--properties names the codes that are booked, such as --properties P1001,P1002.');
  return { apiUrl: url, token: async () => token, properties };
}
