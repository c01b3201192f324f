import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Page {
  readonly at: number;
  readonly change: string;
  readonly severity: string;
  readonly state: string;
  readonly title: string;
}

/** The channel of the story: a webhook on loopback that keeps what it was told, as the phone of the person on call. */
export async function startPager(now: () => number) {
  const pages: Page[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { change, alert } = JSON.parse(Buffer.concat(chunks).toString()) as { change: string; alert: Page };
    pages.push({ at: now(), change, severity: alert.severity, state: alert.state, title: alert.title });
    response.writeHead(200).end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/pages`,
    pages,
    async stop(): Promise<void> {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
export type Pager = Awaited<ReturnType<typeof startPager>>;
