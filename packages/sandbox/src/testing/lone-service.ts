import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import type { Clock } from '../core/clock.ts';
import type { Peers } from '../core/peers.ts';
import { ApiError, type AwsService, type Emulated, type ServiceContext, type WireResponse } from '../core/service.ts';
import { VirtualClock } from '../core/virtual-clock.ts';

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
  stop(): Promise<void>;
}

export interface LoneServiceOptions {
  readonly clock?: Clock;
  readonly peers?: Partial<Peers>;
}

const ADMINISTRATOR = { accessKeyId: 'AKIATEST', arn: 'arn:aws:iam::000000000000:root' };

/** Starts a service by its factory; its clock stands at 2026-01-01 unless one is given. */
export async function startLoneService<Peer>(
  create: (context: ServiceContext) => Emulated<Peer>,
  options: LoneServiceOptions = {},
): Promise<LoneService<Peer>> {
  let endpoint = '';
  const { service, peer } = create({
    accountId: '123456789012',
    region: 'us-east-1',
    clock: options.clock ?? new VirtualClock(Date.UTC(2026, 0, 1)),
    endpoint: () => endpoint,
    peers: (options.peers ?? {}) as Peers,
    track: (work) => work,
    report: (error) => {
      throw error;
    },
  });
  const server = createServer((request, response) => {
    void answer(service, request).then(({ status, headers, body }) => response.writeHead(status, headers).end(body));
  });
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
    async stop() {
      await service.stop?.();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
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
    if (error instanceof ApiError) return service.renderError(error);
    return { status: 500, body: String(error instanceof Error ? error.stack : error) };
  }
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
