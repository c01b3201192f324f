import { createHash, randomUUID } from 'node:crypto';
import type { Clock, ClockTimer } from '../../../core/time/clock.ts';
import { Deduplication } from './deduplication.ts';
import type { Message, MessageAttributes } from './message.ts';
import { defaultAttributes, type QueueAttributes, redrivePolicy } from './queue-attributes.ts';

export interface SendRequest {
  readonly body: string;
  readonly attributes: MessageAttributes;
  readonly senderId: string;
  readonly delaySeconds?: number;
  readonly groupId?: string;
  readonly deduplicationId?: string;
  readonly traceHeader?: string;
}

export interface QueueOptions {
  readonly name: string;
  readonly arn: string;
  readonly attributes: QueueAttributes;
  readonly clock: Clock;
  /** Takes a message that was received too often; false where the dead-letter queue does not exist. */
  readonly giveUp: (deadLetterArn: string, message: Message) => boolean;
}

/** A queue: what is in it, who may see it and when. */
export class Queue {
  readonly name: string;
  readonly arn: string;
  readonly isFifo: boolean;
  readonly createdAt: number;
  readonly tags = new Map<string, string>();
  modifiedAt: number;
  attributes: QueueAttributes;
  readonly #clock: Clock;
  readonly #giveUp: QueueOptions['giveUp'];
  readonly #deduplication: Deduplication;
  readonly #listeners = new Set<() => void>();
  /** By id, in the order in which they came. */
  readonly #messages = new Map<string, Message>();
  #sequence = 0;
  #wakeUp: { at: number; timer: ClockTimer } | undefined;

  constructor({ name, arn, attributes, clock, giveUp }: QueueOptions) {
    this.name = name;
    this.arn = arn;
    this.isFifo = name.endsWith('.fifo');
    this.attributes = { ...defaultAttributes(this.isFifo), ...attributes };
    this.createdAt = clock.now();
    this.modifiedAt = clock.now();
    this.#clock = clock;
    this.#giveUp = giveUp;
    this.#deduplication = new Deduplication(clock);
  }

  /** Adds a message. In a FIFO queue a duplicate within five minutes is accepted and not delivered: the first one answers. */
  send(request: SendRequest): Message {
    const deduplicationId = this.isFifo ? (request.deduplicationId ?? sha256(request.body)) : undefined;
    const scope = this.attributes.DeduplicationScope === 'messageGroup' ? request.groupId : '';
    const duplicate = deduplicationId && this.#deduplication.find(`${scope}~${deduplicationId}`);
    if (duplicate) return duplicate;
    const now = this.#clock.now();
    const delaySeconds = request.delaySeconds ?? this.#seconds('DelaySeconds');
    this.#sequence += 1;
    const message: Message = {
      messageId: randomUUID(),
      body: request.body,
      attributes: request.attributes,
      senderId: request.senderId,
      sentAt: now,
      visibleAt: now + delaySeconds * 1000,
      receiveCount: 0,
      ...(request.traceHeader === undefined ? {} : { traceHeader: request.traceHeader }),
      ...(request.groupId === undefined ? {} : { groupId: request.groupId }),
      ...(deduplicationId === undefined
        ? {}
        : { deduplicationId, sequenceNumber: String(this.#sequence).padStart(20, '0') }),
    };
    if (deduplicationId) this.#deduplication.remember(`${scope}~${deduplicationId}`, message);
    this.accept(message);
    return message;
  }

  /** Takes a message as it is: from a queue that gave it up, or back from a dead-letter queue. */
  accept(message: Message): void {
    this.#messages.set(message.messageId, message);
    this.#notify();
  }

  /** Receives up to `max` messages and hides them. Those received too often go to the dead-letter queue instead. */
  receive(max: number, visibilitySeconds = this.#seconds('VisibilityTimeout')): readonly Message[] {
    this.#expire();
    const now = this.#clock.now();
    const policy = redrivePolicy(this.attributes.RedrivePolicy);
    const received: Message[] = [];
    for (const message of this.#deliverable()) {
      if (received.length >= max) break;
      if (
        policy &&
        message.receiveCount >= policy.maxReceiveCount &&
        this.#giveUp(policy.deadLetterTargetArn, message)
      ) {
        this.#messages.delete(message.messageId);
        continue;
      }
      message.receiveCount += 1;
      message.firstReceivedAt ??= now;
      message.visibleAt = now + visibilitySeconds * 1000;
      message.receipt = randomUUID();
      received.push(message);
    }
    this.#planWakeUp();
    return received;
  }

  byId(messageId: string): Message | undefined {
    return this.#messages.get(messageId);
  }

  delete(message: Message): void {
    this.#messages.delete(message.messageId);
    // In a FIFO queue the next message of the group may be received now.
    if (this.isFifo) this.#notify();
  }

  changeVisibility(message: Message, seconds: number): void {
    message.visibleAt = this.#clock.now() + seconds * 1000;
    if (seconds === 0) this.#notify();
    else this.#planWakeUp();
  }

  purge(): void {
    this.#messages.clear();
  }

  /** What may be received now, in order. */
  visible(): readonly Message[] {
    this.#expire();
    return this.#deliverable();
  }

  counts(): { visible: number; inFlight: number; delayed: number } {
    this.#expire();
    const now = this.#clock.now();
    const hidden = [...this.#messages.values()].filter((message) => message.visibleAt > now);
    const delayed = hidden.filter((message) => message.receiveCount === 0).length;
    return { visible: this.#messages.size - hidden.length, inFlight: hidden.length - delayed, delayed };
  }

  /** Calls `listener` whenever a message may have become receivable: sent, delayed until now, or visible again. */
  onMessage(listener: () => void): () => void {
    this.#listeners.add(listener);
    this.#planWakeUp();
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) this.#cancelWakeUp();
    };
  }

  stop(): void {
    this.#listeners.clear();
    this.#cancelWakeUp();
  }

  #seconds(attribute: string): number {
    return Number(this.attributes[attribute]);
  }

  /** Visible messages in order; in a FIFO queue none behind one of its group that is in flight or still delayed. */
  #deliverable(): readonly Message[] {
    const now = this.#clock.now();
    const isHidden = (message: Message) => message.visibleAt > now;
    const messages = [...this.#messages.values()];
    if (!this.isFifo) return messages.filter((message) => !isHidden(message));
    const blocked = new Set(
      messages.filter((message) => isHidden(message) && message.receiveCount > 0).map((message) => message.groupId),
    );
    return messages.filter((message) => {
      if (isHidden(message)) blocked.add(message.groupId);
      return !blocked.has(message.groupId);
    });
  }

  #expire(): void {
    const cutoff = this.#clock.now() - this.#seconds('MessageRetentionPeriod') * 1000;
    for (const [id, message] of this.#messages) {
      if (message.sentAt < cutoff) this.#messages.delete(id);
    }
  }

  #notify(): void {
    this.#planWakeUp();
    for (const listener of [...this.#listeners]) listener();
  }

  /** One timer, for the message that becomes visible next; none where nobody listens. */
  #planWakeUp(): void {
    const at = this.#listeners.size === 0 ? Number.POSITIVE_INFINITY : this.#nextVisibleAt();
    if (this.#wakeUp?.at === at) return;
    this.#cancelWakeUp();
    if (at === Number.POSITIVE_INFINITY) return;
    const timer = this.#clock.schedule(at - this.#clock.now(), () => {
      this.#wakeUp = undefined;
      this.#notify();
    });
    this.#wakeUp = { at, timer };
  }

  #nextVisibleAt(): number {
    const now = this.#clock.now();
    let next = Number.POSITIVE_INFINITY;
    for (const { visibleAt } of this.#messages.values()) if (visibleAt > now && visibleAt < next) next = visibleAt;
    return next;
  }

  #cancelWakeUp(): void {
    this.#wakeUp?.timer.cancel();
    this.#wakeUp = undefined;
  }
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
