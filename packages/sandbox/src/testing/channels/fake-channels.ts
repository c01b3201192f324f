import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { FakeSlack } from './fake-slack.ts';

export { ChannelLimits, type ChannelRefusal } from './channel-limits.ts';
export { FakeSlack };

/** What a channel received, as it came. */
export interface ReceivedMessage {
  readonly channel: 'slack' | 'webhook' | 'pagerduty';
  /** Slack's method, or the path of the webhook. */
  readonly method: string;
  readonly headers: IncomingMessage['headers'];
  readonly text: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/**
 * An answer in place of the usual one, to a message that was not taken, unless it `isTaken`. `hang-up` closes the connection after the message was taken, so that nobody knows; `hang-up-before` takes nothing;
 * `silence` takes the message and never answers.
 */
export type ChannelTrouble =
  | {
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: object;
      readonly isTaken?: boolean;
    }
  | 'hang-up'
  | 'hang-up-before'
  | 'silence'
  | undefined;

/** What the fakes need of a test. */
export interface FakeChannelsOptions {
  /** Epoch milliseconds, for Slack's timestamps. */
  readonly now: () => number;
  /** Told of each message that was taken, in place of keeping it in `received`. */
  readonly onTaken?: (message: ReceivedMessage) => void;
}

/** Slack, PagerDuty and webhooks on loopback: `/slack/<method>`, `/pagerduty`, and any other path. */
export class FakeChannels {
  readonly slack: FakeSlack;
  /** Messages that were taken, unless `onTaken` has them. */
  readonly received: ReceivedMessage[] = [];
  /** Asked before each message; what it gives is the answer. */
  trouble: (message: ReceivedMessage) => ChannelTrouble | Promise<ChannelTrouble> = () => undefined;
  readonly #server: Server;
  readonly #onTaken: (message: ReceivedMessage) => void;

  private constructor(server: Server, { now, onTaken }: FakeChannelsOptions) {
    this.#server = server;
    this.slack = new FakeSlack(now);
    this.#onTaken = onTaken ?? ((message) => void this.received.push(message));
  }

  /** Listens on a free port of the loopback. */
  static async start(options: FakeChannelsOptions): Promise<FakeChannels> {
    const server = createServer();
    const fake = new FakeChannels(server, options);
    server.on('request', (request, response) => void fake.#serve(request, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return fake;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Closes the port, and connections that hang on purpose with it. */
  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const message = await readMessage(request);
    const trouble = await this.trouble(message);
    if (trouble === 'hang-up-before') return void request.socket.destroy();
    if (typeof trouble === 'object') {
      if (trouble.isTaken) this.#take(message);
      response.writeHead(trouble.status, trouble.headers).end(JSON.stringify(trouble.body ?? {}));
      return;
    }
    const answer = this.#take(message);
    if (trouble === 'hang-up') request.socket.destroy();
    else if (trouble === undefined)
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  }

  #take(message: ReceivedMessage): object {
    this.#onTaken(message);
    return message.channel === 'slack' ? this.slack.answer(message.method, message.body) : { ok: true };
  }
}

async function readMessage(request: IncomingMessage): Promise<ReceivedMessage> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString();
  const [, first = '', method = ''] = (request.url ?? '').split('/');
  const channel = first === 'slack' || first === 'pagerduty' ? first : 'webhook';
  return { channel, method: method || first, headers: request.headers, text, body: JSON.parse(text || '{}') };
}
