import http from 'node:http';
import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';

/** A request as it goes onto the wire: nothing is normalised, and a header may come twice. */
export interface RawRequest {
  readonly method?: string;
  /** As sent, with its query. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string | string[]>>;
  readonly body?: string;
}

export interface RawAnswer {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
}

export interface ApiAddress {
  readonly endpoint: string;
  /** Names the API: `<id>.execute-api.<region>.localhost`. */
  readonly host: string;
}

/** Sends a request as it is. */
export function send(
  { endpoint, host }: ApiAddress,
  { method = 'GET', path, headers = {}, body }: RawRequest,
): Promise<RawAnswer> {
  const { hostname, port } = new URL(endpoint);
  return new Promise((resolve, reject) => {
    const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
    const request = http.request(
      { hostname, port, method, path, headers: { host, ...length, ...headers } },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: Buffer.concat(chunks).toString(),
          }),
        );
      },
    );
    request.on('error', reject);
    request.end(body);
  });
}

export interface Signing {
  readonly credentials: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken?: string;
  };
  readonly date: Date;
  readonly region?: string;
  readonly service?: string;
}

/** The request with a signature of version 4. */
export async function signed({ host }: ApiAddress, request: RawRequest, signing: Signing): Promise<RawRequest> {
  const { credentials, date, region = 'us-east-1', service = 'execute-api' } = signing;
  const { method = 'GET', path, headers = {}, body } = request;
  const target = new URL(`http://${host}${path}`);
  const signer = new SignatureV4({ credentials, region, service, sha256: Sha256 });
  const signedRequest = await signer.sign(
    {
      method,
      protocol: 'http:',
      hostname: target.hostname,
      path: target.pathname,
      query: Object.fromEntries(target.searchParams),
      headers: { host, ...(headers as Record<string, string>) },
      ...(body !== undefined && { body }),
    },
    { signingDate: date },
  );
  return { ...request, headers: signedRequest.headers };
}
