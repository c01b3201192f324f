import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { answerApi } from '../src/api/answer-api.ts';
import type { Services } from '../src/ports.ts';
import { buildPage } from '../src/publish/build-page.ts';
import { fakeDeps } from './fake-services.ts';

/** The page as it is built and the API behind it, with services that a test plays as objects: what others do at one instant can be made to happen. */
export async function startPlayedConsole(services: Partial<Services>) {
  const files = new Map((await buildPage({ kind: 'local' })).map((file) => [`/${file.name}`, file]));
  const deps = fakeDeps(services, { now: Date.now });
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    const file = files.get(pathname === '/' ? '/index.html' : pathname);
    if (file !== undefined) return void response.setHeader('content-type', file.contentType).end(file.bytes);
    const asked = {
      method: request.method ?? 'GET',
      path: pathname,
      query: Object.fromEntries(searchParams),
      headers: request.headers as Record<string, string>,
      body: await text(request),
      by: 'anna@example.com',
    };
    const { status, headers, body } = await answerApi(asked, deps);
    response.writeHead(status, headers).end(body);
  };
  const server = createServer((request, response) => {
    answer(request, response).catch((error: Error) => response.writeHead(500).end(error.message));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
