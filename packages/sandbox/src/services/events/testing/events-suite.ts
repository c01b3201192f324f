import {
  EventBridgeClient,
  PutEventsCommand,
  PutRuleCommand,
  PutTargetsCommand,
  type Target,
} from '@aws-sdk/client-eventbridge';
import { afterEach, beforeEach } from '@jest/globals';
import type { Peers } from '../../../core/peers.ts';
import { ApiError } from '../../../core/service.ts';
import { VirtualClock } from '../../../core/time/virtual-clock.ts';
import { type LoneService, startLoneService } from '../../../testing/lone-service.ts';
import type { InvokeRequest } from '../../lambda/lambda-peer.ts';
import type { EventsPeer } from '../events-peer.ts';
import { createEvents } from '../index.ts';

/** Where the clock of each test stands at first. */
export const START = Date.UTC(2026, 0, 1);
export const functionArn = 'arn:aws:lambda:us-east-1:123456789012:function:handle';
export const queueArn = 'arn:aws:sqs:us-east-1:123456789012:queue';
export const roleArn = 'arn:aws:iam::123456789012:role/events';

/** What a target received. */
export interface Received {
  readonly target: string;
  readonly body: string;
  readonly more?: unknown;
}

/** EventBridge alone, anew for each test of a suite, with targets that note what they receive and fail where a test tells them to. */
export class EventsSuite {
  clock = new VirtualClock(START);
  received: Received[] = [];
  /** Errors of the next invocations, first to last. */
  failures: ApiError[] = [];
  deniedActions: string[] = [];
  #lone: LoneService<EventsPeer> | undefined;
  #client: EventBridgeClient | undefined;

  /** Registers what starts EventBridge before each test of the suite and stops it after it. */
  constructor() {
    beforeEach(() => this.#start());
    afterEach(async () => {
      this.#client?.destroy();
      await this.#lone?.stop();
    });
  }

  get client(): EventBridgeClient {
    return this.#client!;
  }

  get peer(): EventsPeer {
    return this.#lone!.peer;
  }

  /** Puts a rule for events of `shop`, with one target: the function, unless it is another. */
  async givenRule(target: Partial<Target>, rule: object = {}): Promise<void> {
    const Name = 'rule';
    await this.client.send(new PutRuleCommand({ Name, EventPattern: '{"source":["shop"]}', ...rule }));
    const EventBusName = (rule as { EventBusName?: string }).EventBusName;
    const Targets = [{ Id: 't', Arn: functionArn, ...target }];
    await this.client.send(new PutTargetsCommand({ Rule: Name, Targets, ...(EventBusName ? { EventBusName } : {}) }));
  }

  /** Puts an event of `shop`. */
  put(entry: object = {}) {
    const placed = { Source: 'shop', DetailType: 'OrderPlaced', Detail: '{"id":7,"name":"a \\"b\\""}', ...entry };
    return this.client.send(new PutEventsCommand({ Entries: [placed] }));
  }

  bodies(): unknown[] {
    return this.received.map(({ body }) => JSON.parse(body));
  }

  async #start(): Promise<void> {
    this.clock = new VirtualClock(START);
    this.received = [];
    this.failures = [];
    this.deniedActions = [];
    this.#lone = await startLoneService(createEvents, { clock: this.clock, peers: this.#peers() });
    this.#client = new EventBridgeClient(this.#lone.clientConfig);
  }

  #peers(): Partial<Peers> {
    const note = (target: string, body: unknown, more?: unknown) =>
      void this.received.push({ target, body: String(body), more });
    return {
      lambda: {
        invokeAsync: async ({ functionName, payload, principal }: InvokeRequest) => {
          const failure = this.failures.shift();
          if (failure) throw failure;
          note(functionName, payload, principal);
        },
      },
      sqs: { send: async (target: string, body: string, more?: unknown) => note(target, body, more) },
      kinesis: { putRecord: async (target: string, data: Buffer, more: string) => note(target, data, more) },
      firehose: { put: async (target: string, data: Buffer) => note(target, data) },
      logs: {
        write: async (target: string, _stream: string, lines: { message: string }[]) =>
          note(target, lines[0]?.message ?? ''),
      },
      metrics: { put: () => undefined },
      iam: {
        assertServiceMayAssume: () => undefined,
        assertRoleAllows: (_roleArn: string, action: string) => {
          if (this.deniedActions.includes(action))
            throw new ApiError('AccessDeniedException', `not allowed: ${action}`);
        },
      },
    } as unknown as Partial<Peers>;
  }
}
