import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Something a function waits at (`await fetch(event.gate)`), so that a test knows that it runs and decides when it goes on. */
export interface Gate {
  readonly url: string;
  /** Resolves when the next function stands at the gate. */
  arrival(): Promise<void>;
  /** Lets everyone through who stands there. */
  open(): void;
  close(): Promise<void>;
}

export async function startGate(): Promise<Gate> {
  const standing: ServerResponse[] = [];
  const awaited: (() => void)[] = [];
  let unseen = 0;
  const server = createServer((_request, response) => {
    standing.push(response);
    const seen = awaited.shift();
    if (seen) seen();
    else unseen += 1;
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    arrival() {
      if (unseen === 0) return new Promise((resolve) => awaited.push(resolve));
      unseen -= 1;
      return Promise.resolve();
    },
    open() {
      for (const response of standing.splice(0)) response.end('go');
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
