import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Alert } from '../../../packages/contracts/src/index.ts';

/** A message that reached a person. */
export interface Page {
  readonly at: number;
  /** Through which channel: the phone that wakes, or the chat that is read in the morning. */
  readonly channel: 'pager' | 'chat';
  readonly change: string;
  readonly severity: string;
  readonly state: string;
  readonly title: string;
  /** What an alert of several is about. */
  readonly members?: Alert['members'];
}

/** The channels of the story: two webhooks on loopback that keep what they were told, as the phone and the chat of whoever is on call. */
export async function startPager(now: () => number) {
  const pages: Page[] = [];
  const server = createServer(async (request, response) => {
    // A browser that looks in has nothing to say.
    if (request.method !== 'POST') return void response.writeHead(405).end();
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { change, alert } = JSON.parse(Buffer.concat(chunks).toString()) as { change: string; alert: Page };
    const { severity, state, title, members } = alert;
    const channel = request.url === '/chat' ? 'chat' : 'pager';
    pages.push({ at: now(), channel, change, severity, state, title, ...(members && { members }) });
    response.writeHead(200).end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    urls: { pager: `http://127.0.0.1:${port}/pager`, chat: `http://127.0.0.1:${port}/chat` },
    pages,
    async stop(): Promise<void> {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
export type Pager = Awaited<ReturnType<typeof startPager>>;
