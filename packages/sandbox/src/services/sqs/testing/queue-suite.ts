import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageCommand,
  type SendMessageCommandInput,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, beforeEach } from '@jest/globals';
import { VirtualClock } from '../../../core/time/virtual-clock.ts';
import { type LoneService, startLoneService } from '../../../testing/lone-service.ts';
import { createSqs } from '../index.ts';
import type { SqsPeer } from '../sqs-peer.ts';

/** SQS alone on a clock that stands still, with a new queue for each test of the suite. */
export class QueueSuite {
  readonly clock = new VirtualClock(Date.UTC(2026, 0, 1));
  /** Of the test's queue. */
  url = '';
  #lone: LoneService<SqsPeer> | undefined;
  #client: SQSClient | undefined;
  #queues = 0;

  /** Registers what starts SQS before the suite's tests and stops it after them. */
  constructor() {
    beforeAll(async () => {
      this.#lone = await startLoneService(createSqs, { clock: this.clock });
      this.#client = new SQSClient(this.#lone.clientConfig);
    });
    beforeEach(async () => {
      this.#queues += 1;
      this.url = await this.createQueue(this.name);
    });
    afterAll(async () => {
      this.#client?.destroy();
      await this.#lone?.stop();
    });
  }

  /** Of the test's queue. */
  get name(): string {
    return `queue-${this.#queues}`;
  }

  get client(): SQSClient {
    return this.#client!;
  }

  get service() {
    return this.#lone!.service;
  }

  get peer(): SqsPeer {
    return this.#lone!.peer;
  }

  get endpoint(): string {
    return this.#lone!.clientConfig.endpoint;
  }

  async createQueue(QueueName: string, Attributes: Record<string, string> = {}): Promise<string> {
    return (await this.client.send(new CreateQueueCommand({ QueueName, Attributes }))).QueueUrl ?? '';
  }

  send(MessageBody: string, settings: Partial<SendMessageCommandInput> = {}) {
    return this.client.send(new SendMessageCommand({ QueueUrl: this.url, MessageBody, ...settings }));
  }

  async receive(settings: object = {}): Promise<readonly Message[]> {
    const asked = { QueueUrl: this.url, MaxNumberOfMessages: 10, ...settings };
    return (await this.client.send(new ReceiveMessageCommand(asked))).Messages ?? [];
  }

  async attributes() {
    const asked = { QueueUrl: this.url, AttributeNames: ['All' as const] };
    return (await this.client.send(new GetQueueAttributesCommand(asked))).Attributes;
  }

  /** A long poll that waits as soon as this returns, since no wire lies between. */
  async poll(): Promise<unknown> {
    const headers = { 'x-amz-target': 'AmazonSQS.ReceiveMessage' };
    const body = Buffer.from(JSON.stringify({ QueueUrl: this.url, WaitTimeSeconds: 20 }));
    const request = { method: 'POST', url: '/', headers, body };
    const caller = { accessKeyId: 'AKIATEST', arn: 'arn:aws:iam::123456789012:root' };
    const response = await this.service.handle(this.service.describe(request), request, caller);
    return JSON.parse(String(response.body));
  }
}
