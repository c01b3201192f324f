import http from 'node:http';
import http2 from 'node:http2';
import net, { type AddressInfo, type Socket } from 'node:net';
import type { WireRequest, WireResponse } from '../service.ts';
import { dateOfAnswer } from './date-of-answer.ts';
import { BodyTooLargeError, readBody } from './read-body.ts';

export interface FrontOptions {
  /** 0 takes any free port. */
  readonly port: number;
  /** Larger bodies are refused with 413 before they are held in memory. */
  readonly largestBodyBytes: number;
  /** The sandbox's clock. */
  readonly now: () => number;
  /** Answers a request; nothing resets its connection. Must not throw. */
  readonly dispatch: (request: WireRequest, hungUp: AbortSignal) => Promise<WireResponse | undefined>;
}

/** A front that listens. */
export interface Front {
  /** `http://127.0.0.1:PORT` */
  readonly endpoint: string;
  stop(): Promise<void>;
}

/** The port is taken by another process, or may not be used. */
export class PortInUseError extends Error {
  readonly code = 'PORT_IN_USE';

  constructor(port: number, options: ErrorOptions) {
    super(`Port ${port} on 127.0.0.1 is in use: choose another, or stop what listens there.`, options);
    this.name = 'PortInUseError';
  }
}

/** Only the machine itself may reach the sandbox: the front can listen nowhere else. */
const LOOPBACK = '127.0.0.1';
/** What an HTTP/2 connection opens with: `PRI * HTTP/2.0`. */
const HTTP2_PREFACE = 'PRI';
const FIRST_BYTES_WITHIN_MS = 30_000;

/** On every answer: where the sandbox's clock stands, epoch milliseconds, whoever asks. */
const SANDBOX_TIME = 'x-sandbox-time';

type Exchange = http.IncomingMessage | http2.Http2ServerRequest;
type Reply = http.ServerResponse | http2.Http2ServerResponse;

/**
 * Serves HTTP/1.1 and HTTP/2 without TLS on one loopback port: SDKs speak HTTP/1.1 but for Kinesis, whose client opens HTTP/2 at once.
 * Throws {@link PortInUseError}.
 */
export async function startFront(options: FrontOptions): Promise<Front> {
  const answer = (exchange: Exchange, reply: Reply) => void serve(exchange, reply, options);
  const http1 = http.createServer({ keepAliveTimeout: 60_000 }, answer);
  const h2 = http2.createServer(answer);
  const sockets = new Set<Socket>();
  const server = net.createServer((socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    handOver(socket, (isHttp2) => (isHttp2 ? h2 : http1).emit('connection', socket));
  });
  const port = await listen(server, options.port);
  return {
    endpoint: `http://${LOOPBACK}:${port}`,
    async stop() {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
      // Neither ever listened itself; closing ends the timers with which it watches over its connections.
      http1.close();
      h2.close();
    },
  };
}

function listen(server: net.Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      reject(cause.code === 'EADDRINUSE' || cause.code === 'EACCES' ? new PortInUseError(port, { cause }) : cause);
    });
    server.listen(port, LOOPBACK, () => resolve((server.address() as AddressInfo).port));
  });
}

/** Looks at the first bytes of a connection, puts them back, and hands it to the server that speaks its protocol. */
function handOver(socket: Socket, emit: (isHttp2: boolean) => void): void {
  let seen = Buffer.alloc(0);
  socket.setTimeout(FIRST_BYTES_WITHIN_MS, () => socket.destroy());
  socket.on('error', () => socket.destroy());
  socket.on('data', function look(bytes: Buffer) {
    seen = Buffer.concat([seen, bytes]);
    if (seen.length < HTTP2_PREFACE.length) return;
    socket.removeListener('data', look);
    socket.setTimeout(0);
    socket.pause();
    socket.unshift(seen);
    emit(seen.toString('latin1', 0, HTTP2_PREFACE.length) === HTTP2_PREFACE);
    process.nextTick(() => socket.resume());
  });
}

async function serve(exchange: Exchange, reply: Reply, options: FrontOptions): Promise<void> {
  const hangUp = new AbortController();
  const now = options.now();
  reply.setHeader('date', dateOfAnswer(signedAtOf(exchange), now, Date.now()));
  reply.setHeader(SANDBOX_TIME, String(now));
  reply.once('close', () => {
    if (!reply.writableFinished) hangUp.abort();
  });
  try {
    const body = await readBody(exchange, options.largestBodyBytes);
    const request = { method: exchange.method ?? '', url: exchange.url ?? '/', headers: headersOf(exchange), body };
    const response = await options.dispatch(request, hangUp.signal);
    if (response) send(reply, response, request.method);
    else reset(reply);
  } catch (error) {
    if (error instanceof BodyTooLargeError)
      send(reply, { status: 413, body: error.message, headers: { connection: 'close' } }, '');
    else reset(reply);
  }
}

const signedAtOf = ({ headers }: Exchange): string | undefined => {
  const signedAt = headers['x-amz-date'];
  return Array.isArray(signedAt) ? signedAt[0] : signedAt;
};

function headersOf(exchange: Exchange): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(exchange.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(',') : value;
  }
  for (const pseudo of [':method', ':path', ':scheme']) delete headers[pseudo];
  // HTTP/2 names the host in `:authority`, and it is under this name that SDKs sign it.
  if (headers[':authority'] !== undefined) headers.host ??= headers[':authority'];
  return headers;
}

function send(reply: Reply, response: WireResponse, method: string): void {
  if (reply.destroyed) return;
  const body = Buffer.from(response.body ?? '');
  const headers: Record<string, string> = { ...response.headers };
  if (method !== 'HEAD' && response.status !== 204 && response.status !== 304)
    headers['content-length'] = String(body.length);
  if (reply instanceof http2.Http2ServerResponse) delete headers.connection;
  reply.statusCode = response.status;
  for (const [name, value] of Object.entries(headers)) reply.setHeader(name, value);
  if (response.cookies && response.cookies.length > 0) reply.setHeader('set-cookie', [...response.cookies]);
  reply.end(method === 'HEAD' ? '' : body);
}

/** Ends the exchange as a broken connection does: the caller cannot know what became of its call. */
function reset(reply: Reply): void {
  if (reply instanceof http2.Http2ServerResponse) reply.stream?.close(http2.constants.NGHTTP2_INTERNAL_ERROR);
  else reply.socket?.resetAndDestroy();
}
