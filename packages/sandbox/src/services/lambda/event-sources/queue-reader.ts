import { randomUUID } from 'node:crypto';
import { ApiError } from '../../../core/service.ts';
import type { ClockTimer } from '../../../core/time/clock.ts';
import type { SqsMessage } from '../../sqs/sqs-peer.ts';
import { invokeFunction } from '../invocation/invoke-function.ts';
import { headerOfBatch } from '../invocation/lineage.ts';
import type { LambdaCore } from '../lambda-core.ts';
import { invalidParameter } from '../lambda-errors.ts';
import { passesFilters } from './filter-criteria.ts';
import { readItemFailures } from './item-failures.ts';
import { isActive, type Mapping, type SourceReader } from './mapping.ts';
import { queueEvent } from './queue-event.ts';
import { isServiceError, SourceProblem } from './source-problem.ts';

/** ReceiveMessage answers at most so many. */
const RECEIVE_LIMIT = 10;
/** Lambda starts with five concurrent batches per queue. */
const DEFAULT_CONCURRENCY = 5;
/** How often it looks for failed messages whose visibility timeout ends; SQS does not tell. */
const FAILED_CHECK_MS = 1_000;
/** The longest visibility timeout: a message not seen again by then has gone to the queue's own dead-letter queue. */
const FORGET_FAILED_MS = 12 * 3_600_000;

const READ_ACTIONS = ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'];

/** Starts polling a queue for a mapping. Throws InvalidParameterValueException where the function's role may not read it. */
export function startQueueReader(core: LambdaCore, mapping: Mapping): SourceReader {
  assertRoleMayRead(core, mapping);
  return new QueueReader(core, mapping);
}

class QueueReader implements SourceReader {
  readonly #core: LambdaCore;
  readonly #mapping: Mapping;
  readonly #stopListening: () => void;
  /** Epoch milliseconds of the failure by message id. */
  readonly #failed = new Map<string, number>();
  readonly #problem: SourceProblem;
  #held: SqsMessage[] = [];
  #heldSince = 0;
  #running = 0;
  #reading: Promise<void> = Promise.resolve();
  #windowTimer: ClockTimer | undefined;
  #failedTimer: ClockTimer | undefined;

  constructor(core: LambdaCore, mapping: Mapping) {
    this.#core = core;
    this.#mapping = mapping;
    this.#problem = new SourceProblem(core.context, mapping, () => this.wake());
    this.#stopListening = core.context.peers.sqs.onSend(mapping.settings.eventSourceArn, () => this.wake());
  }

  wake(): void {
    const { context } = this.#core;
    this.#reading = this.#reading.then(() => this.#read()).catch(context.report);
    void context.track(this.#reading);
  }

  stop(): void {
    this.#stopListening();
    this.#windowTimer?.cancel();
    this.#failedTimer?.cancel();
  }

  /** Takes batches off the queue until it is empty or as many run as may run. */
  async #read(): Promise<void> {
    while (isActive(this.#mapping) && this.#running < this.#concurrency()) {
      const batch = await this.#nextBatch();
      if (!batch) return;
      this.#running += 1;
      const { context } = this.#core;
      const work = this.#process(batch).finally(() => {
        this.#running -= 1;
        this.wake();
      });
      void context.track(work).catch(context.report);
    }
  }

  #concurrency(): number {
    const { eventSourceArn, maximumConcurrency } = this.#mapping.settings;
    // One batch at a time keeps the order of every message group.
    return eventSourceArn.endsWith('.fifo') ? 1 : (maximumConcurrency ?? DEFAULT_CONCURRENCY);
  }

  async #nextBatch(): Promise<readonly SqsMessage[] | undefined> {
    const { eventSourceArn, batchSize, batchingWindowSeconds } = this.#mapping.settings;
    const { clock, peers } = this.#core.context;
    while (this.#held.length < batchSize) {
      const messages = await this.#problem.guard(() =>
        peers.sqs.receive(eventSourceArn, Math.min(RECEIVE_LIMIT, batchSize - this.#held.length)),
      );
      if (!messages || messages.length === 0) break;
      if (this.#held.length === 0) this.#heldSince = clock.now();
      this.#held.push(...messages);
    }
    if (this.#held.length === 0) return undefined;
    const dueAt = this.#heldSince + batchingWindowSeconds * 1_000;
    if (this.#held.length < batchSize && dueAt > clock.now()) {
      this.#windowTimer?.cancel();
      this.#windowTimer = clock.schedule(dueAt - clock.now(), () => this.wake());
      return undefined;
    }
    const batch = this.#held;
    this.#held = [];
    return batch;
  }

  async #process(messages: readonly SqsMessage[]): Promise<void> {
    const { filters } = this.#mapping.settings;
    const wanted = messages.filter((message) => passesFilters(filters, filterable(message)));
    const failed = wanted.length === 0 ? new Set<string>() : await this.#invoke(wanted);
    const { clock } = this.#core.context;
    for (const message of messages) {
      const isDone = !failed.has(message.messageId) && (await this.#delete(message));
      if (isDone) this.#failed.delete(message.messageId);
      else this.#failed.set(message.messageId, clock.now());
    }
    this.#watchFailed();
  }

  /** False where the queue refused: the message then comes back, and the function sees it again. */
  async #delete({ receiptHandle }: SqsMessage): Promise<boolean> {
    try {
      await this.#core.context.peers.sqs.delete(this.#mapping.settings.eventSourceArn, receiptHandle);
      return true;
    } catch (error) {
      if (!isServiceError(error)) throw error;
      return false;
    }
  }

  /** Ids of the messages that stay in the queue. */
  async #invoke(messages: readonly SqsMessage[]): Promise<ReadonlySet<string>> {
    const { context, functions } = this.#core;
    const { settings, functionArn } = this.#mapping;
    const ids = messages.map(({ messageId }) => messageId);
    const all = new Set(ids);
    try {
      const target = functions.resolve(functionArn);
      const payload = queueEvent(settings.eventSourceArn, context.region, messages);
      const traceHeader = headerOfBatch(messages.map(({ attributes }) => attributes.AWSTraceHeader));
      const request = { target, requestId: randomUUID(), payload, ...(traceHeader ? { traceHeader } : {}) };
      const result = await invokeFunction(request, this.#core);
      this.#mapping.lastProcessingResult = result.functionError ? 'PROBLEM: Function call failed' : 'OK';
      if (result.functionError) return all;
      if (!settings.reportsItemFailures) return new Set();
      const verdict = readItemFailures(result.payload.toString('utf8'), ids);
      if (verdict.kind === 'some-failed') return verdict.failed;
      return verdict.kind === 'all-done' ? new Set() : all;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      this.#mapping.lastProcessingResult = `PROBLEM: ${error.message}`;
      return all;
    }
  }

  /** Failed messages come back when their visibility timeout ends, or go to the queue's own dead-letter queue. */
  #watchFailed(): void {
    this.#failedTimer?.cancel();
    const { clock } = this.#core.context;
    for (const [messageId, at] of this.#failed) if (clock.now() - at > FORGET_FAILED_MS) this.#failed.delete(messageId);
    if (this.#failed.size === 0 || !isActive(this.#mapping)) return;
    this.#failedTimer = clock.schedule(FAILED_CHECK_MS, () => {
      this.wake();
      this.#watchFailed();
    });
  }
}

/** A message as filter patterns see it: metadata, and `body` as JSON where it is JSON. */
function filterable({ messageId, attributes, body }: SqsMessage): Record<string, unknown> {
  try {
    return { messageId, attributes, body: JSON.parse(body) as unknown };
  } catch {
    return { messageId, attributes, body };
  }
}

function assertRoleMayRead({ context, functions }: LambdaCore, { functionArn, settings }: Mapping): void {
  const { roleArn } = functions.resolve(functionArn).configuration;
  for (const action of READ_ACTIONS) {
    try {
      context.peers.iam.assertRoleAllows(roleArn, action, settings.eventSourceArn);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      const call = action.slice('sqs:'.length);
      throw invalidParameter(
        `The function execution role does not have permissions to call ${call} on SQS (${error.message})`,
      );
    }
  }
}
