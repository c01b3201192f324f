/** What the gateway answers, before CORS and the headers that each answer has. Header names are lower case. */
export interface GatewayAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly cookies: readonly string[];
  readonly body: Buffer;
}

/** An answer that the gateway gives by itself, in place of an integration's. */
export class GatewayRefusal extends Error {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** For the access log's `$context.error.responseType`. */
  readonly responseType: string;

  constructor(status: number, message: string, responseType: string, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.name = 'GatewayRefusal';
    this.status = status;
    this.responseType = responseType;
    this.headers = headers;
  }
}

/** The texts of HTTP APIs, each in a body `{"message":"…"}`. */
export const notFound = (): GatewayRefusal => new GatewayRefusal(404, 'Not Found', 'RESOURCE_NOT_FOUND');
export const forbidden = (headers?: Readonly<Record<string, string>>): GatewayRefusal =>
  new GatewayRefusal(403, 'Forbidden', 'ACCESS_DENIED', headers);
export const unauthorized = (headers?: Readonly<Record<string, string>>): GatewayRefusal =>
  new GatewayRefusal(401, 'Unauthorized', 'UNAUTHORIZED', headers);
export const internalServerError = (responseType = 'INTEGRATION_FAILURE'): GatewayRefusal =>
  new GatewayRefusal(500, 'Internal Server Error', responseType);
export const serviceUnavailable = (responseType = 'INTEGRATION_TIMEOUT'): GatewayRefusal =>
  new GatewayRefusal(503, 'Service Unavailable', responseType);
export const tooManyRequests = (): GatewayRefusal => new GatewayRefusal(429, 'Too Many Requests', 'THROTTLED');
export const tooLarge = (): GatewayRefusal => new GatewayRefusal(413, 'Request Entity Too Large', 'REQUEST_TOO_LARGE');

export function refusalAnswer(refusal: GatewayRefusal): GatewayAnswer {
  return {
    status: refusal.status,
    headers: { 'content-type': 'application/json', ...refusal.headers },
    cookies: [],
    body: Buffer.from(JSON.stringify({ message: refusal.message })),
  };
}
