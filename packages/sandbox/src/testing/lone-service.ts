import { createServer as createHttpServer, type IncomingMessage } from 'node:http';
import { createServer as createHttp2Server } from 'node:http2';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { BackgroundWork } from '../core/background-work.ts';
import type { Peers } from '../core/peers.ts';
import { ApiError, type AwsService, type Emulated, type ServiceContext, type WireResponse } from '../core/service.ts';
import { VirtualClock } from '../core/time/virtual-clock.ts';

/** One emulated service on a port of its own, without the sandbox's front: no IAM, no faults, one caller who may do everything. */
export interface LoneService<Peer> {
  readonly service: AwsService;
  readonly peer: Peer;
  /** What an SDK client needs: endpoint, region and credentials. */
  readonly clientConfig: {
    readonly endpoint: string;
    readonly region: string;
    readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
    readonly maxAttempts: 1;
  };
  /** Resolves when no background work is under way. */
  idle(): Promise<void>;
  stop(): Promise<void>;
}

export interface LoneServiceOptions {
  readonly clock?: VirtualClock;
  readonly peers?: Partial<Peers>;
  /** Hears of faults that no caller is told about; without it they are thrown. */
  readonly report?: (error: unknown) => void;
}

const ADMINISTRATOR = { accessKeyId: 'AKIATEST', arn: 'arn:aws:iam::000000000000:root' };

/** Starts a service by its factory; its clock stands at 2026-01-01 unless one is given. */
export async function startLoneService<Peer>(
  create: (context: ServiceContext) => Emulated<Peer>,
  options: LoneServiceOptions = {},
): Promise<LoneService<Peer>> {
  let endpoint = '';
  const work = new BackgroundWork();
  const clock = options.clock ?? new VirtualClock(Date.UTC(2026, 0, 1));
  clock.settleWith(() => work.settle());
  const { service, peer } = create({
    accountId: '123456789012',
    region: 'us-east-1',
    clock,
    endpoint: () => endpoint,
    peers: (options.peers ?? {}) as Peers,
    track: work.track,
    report:
      options.report ??
      ((error) => {
        throw error;
      }),
  });
  const sockets = new Set<Socket>();
  const server = bothProtocols(service, sockets);
  await service.start?.();
  endpoint = await listen(server);
  return {
    service,
    peer,
    clientConfig: {
      endpoint,
      region: 'us-east-1',
      credentials: { accessKeyId: 'AKIATEST', secretAccessKey: 'secret' },
      maxAttempts: 1,
    },
    idle: () => work.idle(),
    async stop() {
      await service.stop?.();
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** HTTP/1.1 and, for the Kinesis client, HTTP/2 without TLS: the first bytes of a connection tell which. */
function bothProtocols(service: AwsService, sockets: Set<Socket>): Server {
  const respond = (request: IncomingMessage, response: Responder) => {
    void answer(service, request).then(({ status, headers, body }) => {
      response.writeHead(status, headers);
      response.end(body ?? '');
    });
  };
  const http1 = createHttpServer(respond);
  const http2 = createHttp2Server((request, response) => respond(request as unknown as IncomingMessage, response));
  return createServer((socket) => {
    sockets.add(socket.once('close', () => sockets.delete(socket)));
    socket.once('data', (start) => {
      socket.pause();
      socket.unshift(start);
      (start.toString('latin1', 0, 3) === 'PRI' ? http2 : http1).emit('connection', socket);
      process.nextTick(() => socket.resume());
    });
  });
}

/** What both protocols' responses have in common. */
interface Responder {
  writeHead(status: number, headers?: Readonly<Record<string, string>>): unknown;
  end(body: string | Buffer): unknown;
}

async function answer(service: AwsService, request: IncomingMessage): Promise<WireResponse> {
  const wire = {
    method: request.method ?? 'GET',
    url: request.url ?? '/',
    headers: request.headers as Record<string, string>,
    body: await buffer(request),
  };
  try {
    return await service.handle(service.describe(wire), wire, ADMINISTRATOR);
  } catch (error) {
    if (error instanceof ApiError) return service.renderError(error, wire);
    return { status: 500, body: String(error instanceof Error ? error.stack : error) };
  }
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
