import { createHash, randomUUID } from 'node:crypto';
import { ApiError } from '../../../core/service.ts';
import type { KinesisRecord } from '../../kinesis/kinesis-peer.ts';
import { deliver, destinationKind, failureObjectKey } from '../asynchronous/destination.ts';
import { type InvocationResult, invokeFunction } from '../invocation/invoke-function.ts';
import type { LambdaCore } from '../lambda-core.ts';
import { passesFilters } from './filter-criteria.ts';
import { readItemFailures } from './item-failures.ts';
import type { Mapping } from './mapping.ts';
import type { EventSourceKind } from './mapping-settings.ts';
import { SourceProblem } from './source-problem.ts';
import { streamEvent } from './stream-event.ts';
import { streamFailureRecord } from './stream-failure-record.ts';
import { type DeadLetter, StreamLane } from './stream-lane.ts';
import { streamSource } from './stream-source.ts';
import type { Attempt, StreamWork } from './stream-work.ts';

/** GetRecords answers at most so many. */
const READ_LIMIT = 10_000;

export interface StreamShardOptions {
  readonly core: LambdaCore;
  readonly mapping: Mapping;
  readonly shardId: string;
  /** Sequence number after which reading starts; the oldest record where absent. */
  readonly after: string | undefined;
  /** Throws where the function's role may not read the stream. */
  readonly assertMayRead: () => void;
}

/** Reads one shard in order and shares its records out to lanes. */
export class StreamShard {
  readonly #options: StreamShardOptions;
  #lanes: readonly StreamLane[];
  readonly #problem: SourceProblem;
  #after: string | undefined;
  #filling: Promise<void> = Promise.resolve();
  #last: InvocationResult | undefined;

  constructor(options: StreamShardOptions) {
    this.#options = options;
    this.#after = options.after;
    const { core, mapping } = options;
    this.#problem = new SourceProblem(core.context, mapping, () => this.wake());
    this.#lanes = this.#newLanes();
  }

  #newLanes(): readonly StreamLane[] {
    const { core, mapping } = this.#options;
    const lane = () =>
      new StreamLane({
        core,
        mapping,
        fill: () => this.#fill(),
        attempt: (work) => this.#attempt(work),
        discard: (letter) => this.#discard(letter),
      });
    return Array.from({ length: mapping.settings.parallelizationFactor }, lane);
  }

  /** After a change of ParallelizationFactor: records that were shared out are done first, so that those of one key stay in order. */
  #hasItsLanes(): boolean {
    if (this.#lanes.length === this.#options.mapping.settings.parallelizationFactor) return true;
    if (!this.#lanes.every((lane) => lane.isDrained)) return false;
    this.#lanes = this.#newLanes();
    return true;
  }

  wake(): void {
    for (const lane of this.#lanes) lane.wake();
  }

  stop(): void {
    for (const lane of this.#lanes) lane.stop();
  }

  /** One read at a time: lanes that ask while another reads share what it finds. */
  #fill(): Promise<void> {
    this.#filling = this.#filling.catch(() => undefined).then(() => this.#read());
    return this.#filling;
  }

  async #read(): Promise<void> {
    if (!this.#hasItsLanes()) return;
    const { core, mapping, shardId, assertMayRead } = this.#options;
    const { settings } = mapping;
    const source = streamSource(core, mapping);
    const records = await this.#problem.guard(async () => {
      assertMayRead();
      return source.read(settings.eventSourceArn, shardId, this.#after, READ_LIMIT);
    });
    const touched = new Set<StreamLane>();
    for (const record of records ?? []) {
      this.#after = record.sequenceNumber;
      const isEarly =
        settings.startingPosition === 'AT_TIMESTAMP' && record.arrivedAt < (settings.startingTimestamp ?? 0);
      if (isEarly || !passesFilters(settings.filters, filterable(record, settings.source))) continue;
      const lane = this.#laneOf(record);
      lane.push(record);
      touched.add(lane);
    }
    for (const lane of touched) lane.wake();
  }

  #laneOf({ partitionKey }: KinesisRecord): StreamLane {
    const hash = createHash('md5').update(partitionKey).digest().readUInt32BE(0);
    return this.#lanes[hash % this.#lanes.length] as StreamLane;
  }

  async #attempt({ records }: StreamWork): Promise<Attempt> {
    const { core, mapping } = this.#options;
    const { context } = core;
    try {
      const target = core.functions.resolve(mapping.functionArn);
      const age = context.clock.now() - (records.at(-1) as KinesisRecord).arrivedAt;
      core.putMetric(target, { metricName: 'IteratorAge', value: Math.max(0, age), unit: 'Milliseconds' });
      const result = await invokeFunction({ target, requestId: randomUUID(), payload: this.#event(records) }, core);
      this.#last = result;
      mapping.lastProcessingResult = result.functionError ? 'PROBLEM: Function call failed' : 'OK';
      if (result.functionError) return 'threw';
      if (!mapping.settings.reportsItemFailures) return { kind: 'all-done' };
      return readItemFailures(
        result.payload.toString('utf8'),
        records.map(({ sequenceNumber }) => sequenceNumber),
      );
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      mapping.lastProcessingResult = `PROBLEM: ${error.message}`;
      return 'not-invoked';
    }
  }

  async #discard({ records, condition, invokeCount }: DeadLetter): Promise<void> {
    const { core, mapping, shardId } = this.#options;
    const { context } = core;
    const { eventSourceArn: streamArn, onFailureArn } = mapping.settings;
    if (!onFailureArn) return;
    const now = context.clock.now();
    const { functionArn } = mapping;
    const last = invokeCount > 0 ? this.#last : undefined;
    const metadata = streamFailureRecord({
      records,
      condition,
      shardId,
      functionArn,
      last,
      now,
      streamArn,
      invokeCount,
      source: mapping.settings.source,
    });
    // Only a bucket gets the records themselves.
    const body = destinationKind(onFailureArn) === 's3' ? { ...metadata, payload: this.#event(records) } : metadata;
    const { roleArn } = core.functions.resolve(functionArn).configuration;
    const objectKey = failureObjectKey(`${mapping.uuid}/${shardId}`, now);
    await deliver(context, { destinationArn: onFailureArn, roleArn, objectKey, body: JSON.stringify(body) });
  }

  #event(records: readonly KinesisRecord[]): string {
    const { core, mapping, shardId } = this.#options;
    const { roleArn } = core.functions.resolve(mapping.functionArn).configuration;
    return streamEvent(
      { streamArn: mapping.settings.eventSourceArn, shardId, region: core.context.region, roleArn },
      records,
    );
  }
}

/** A record as filter patterns see it: metadata, and `data` as JSON where it is JSON. */
function filterable(record: KinesisRecord, source: EventSourceKind): Record<string, unknown> {
  if (source === 'dynamodb') return JSON.parse(record.data.toString('utf8')) as Record<string, unknown>;
  const { partitionKey, sequenceNumber, arrivedAt } = record;
  const text = record.data.toString('utf8');
  let data: unknown = text;
  try {
    data = JSON.parse(text);
  } catch {
    // Not JSON: a pattern on a member of `data` then matches nothing, as on AWS.
  }
  return { partitionKey, sequenceNumber, approximateArrivalTimestamp: arrivedAt / 1_000, data };
}
