import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a channel received, as it came. */
export interface ReceivedMessage {
  readonly channel: 'slack' | 'webhook' | 'pagerduty';
  /** Slack's method, or the path of the webhook. */
  readonly method: string;
  readonly headers: IncomingMessage['headers'];
  readonly text: string;
  readonly body: Record<string, unknown>;
}

interface Post {
  readonly ts: string;
  readonly thread?: string;
  text: string;
  metadata: unknown;
}

/** An answer in place of the usual one; `hang-up` closes the connection after the message was taken, so that nobody knows. */
export type Trouble =
  | { readonly status: number; readonly headers?: Record<string, string>; readonly body?: object }
  | 'hang-up'
  | undefined;

/** Slack, PagerDuty and a webhook on loopback. Slack keeps its conversations, so that a test can read what people see. */
export class FakeChannels {
  readonly received: ReceivedMessage[] = [];
  readonly conversations = new Map<string, Post[]>();
  /** Asked before each message; what it gives is the answer. */
  trouble: (message: ReceivedMessage, count: number) => Trouble = () => undefined;
  #clock = 0;
  #counts = new Map<string, number>();

  private readonly server: Server;
  private readonly now: () => number;

  private constructor(server: Server, now: () => number) {
    this.server = server;
    this.now = now;
  }

  static async start(now: () => number): Promise<FakeChannels> {
    const server = createServer();
    const fake = new FakeChannels(server, now);
    server.on('request', async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const message = fake.#read(request, Buffer.concat(chunks).toString());
      fake.received.push(message);
      const key = `${message.channel}/${message.method}`;
      const count = (fake.#counts.get(key) ?? 0) + 1;
      fake.#counts.set(key, count);
      const trouble = fake.trouble(message, count);
      if (trouble !== undefined && trouble !== 'hang-up') {
        response.writeHead(trouble.status, trouble.headers).end(JSON.stringify(trouble.body ?? {}));
        return;
      }
      const answer = message.channel === 'slack' ? fake.#slack(message) : { ok: true };
      if (trouble === 'hang-up') request.socket.destroy();
      else response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return fake;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  /** Roots of a Slack conversation: what people see without opening a thread. */
  roots(conversation: string): Post[] {
    return (this.conversations.get(conversation) ?? []).filter(({ thread }) => thread === undefined);
  }

  replies(conversation: string): Post[] {
    return (this.conversations.get(conversation) ?? []).filter(({ thread }) => thread !== undefined);
  }

  #read(request: IncomingMessage, text: string): ReceivedMessage {
    const [, first = '', method = ''] = (request.url ?? '').split('/');
    const channel = first === 'slack' ? 'slack' : first === 'pagerduty' ? 'pagerduty' : 'webhook';
    return { channel, method: method || first, headers: request.headers, text, body: JSON.parse(text || '{}') };
  }

  #slack({ method, body }: ReceivedMessage): object {
    const conversation = String(body.channel);
    const posts = this.conversations.get(conversation) ?? [];
    this.conversations.set(conversation, posts);
    switch (method) {
      case 'conversations.open':
        return { ok: true, channel: { id: `D-${body.users}` } };
      case 'conversations.history':
        return { ok: true, messages: posts.filter(({ thread }) => thread === undefined) };
      case 'conversations.replies':
        return { ok: true, messages: posts.filter(({ ts, thread }) => ts === body.ts || thread === body.ts) };
      case 'chat.postMessage': {
        const ts = `${Math.floor(this.now() / 1000)}.${String(++this.#clock).padStart(6, '0')}`;
        const thread = body.thread_ts as string | undefined;
        posts.push({ ts, text: String(body.text), metadata: body.metadata, ...(thread && { thread }) });
        return { ok: true, channel: conversation, ts };
      }
      case 'chat.update': {
        const post = posts.find(({ ts }) => ts === body.ts);
        if (post === undefined) return { ok: false, error: 'message_not_found' };
        post.text = String(body.text);
        post.metadata = body.metadata;
        return { ok: true, channel: conversation, ts: post.ts };
      }
      default:
        return { ok: false, error: 'unknown_method' };
    }
  }
}
