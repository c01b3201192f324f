import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { ApiError, type ServiceContext } from '../../core/service.ts';
import type { ClockTimer } from '../../core/time/clock.ts';
import { objectKey } from './object-key.ts';
import type { S3Destination } from './s3-destination.ts';

const compress = promisify(gzip);

/** Firehose keeps a record for a day while S3 refuses it, then it is lost (https://docs.aws.amazon.com/firehose/latest/dev/retry.html). */
const KEPT_MS = 24 * 60 * 60 * 1000;
/** AWS names no interval between its attempts. */
const RETRY_AFTER_MS = 60 * 1000;

/** Records that become one object. */
interface Batch {
  readonly records: Buffer[];
  readonly oldestArrival: number;
  bytes: number;
  timer?: ClockTimer;
}

/** A delivery stream: collects records until size or interval is reached, then writes them as one object. */
export class DeliveryStream {
  readonly name: string;
  readonly arn: string;
  readonly createdAt: number;
  readonly tags = new Map<string, string>();
  destination: S3Destination;
  encryption: Readonly<Record<string, unknown>> | undefined;
  /** Counts the changes of its configuration; part of each object's name. */
  version = 1;
  readonly #context: ServiceContext;
  readonly #refused = new Set<Batch>();
  readonly #underWay = new Set<Promise<void>>();
  #filling: Batch | undefined;

  constructor(options: Pick<DeliveryStream, 'name' | 'arn' | 'destination' | 'encryption'>, context: ServiceContext) {
    this.name = options.name;
    this.arn = options.arn;
    this.destination = options.destination;
    this.encryption = options.encryption;
    this.createdAt = context.clock.now();
    this.#context = context;
  }

  /** Takes a record into the buffer. */
  put(data: Buffer): void {
    const { bufferBytes, intervalMs } = this.destination;
    const batch = this.#filling ?? this.#open(intervalMs);
    batch.records.push(data);
    batch.bytes += data.length;
    if (batch.bytes >= bufferBytes) this.#close(batch);
  }

  /** Writes now what is buffered, being written, or was refused before. Throws what S3 or the role's policies answer; the records are kept. */
  async flush(): Promise<void> {
    const filling = this.#filling;
    this.#filling = undefined;
    const batches = [...this.#refused, ...(filling ? [filling] : [])];
    await this.#context.track(Promise.all([...this.#underWay, ...batches.map((batch) => this.#deliver(batch))]));
  }

  /** Forgets what is not delivered. */
  stop(): void {
    for (const batch of [...this.#refused, ...(this.#filling ? [this.#filling] : [])]) batch.timer?.cancel();
    this.#refused.clear();
    this.#filling = undefined;
  }

  #open(intervalMs: number): Batch {
    const batch: Batch = { records: [], oldestArrival: this.#context.clock.now(), bytes: 0 };
    batch.timer = this.#context.clock.schedule(intervalMs, () => this.#close(batch));
    this.#filling = batch;
    return batch;
  }

  /** Delivers in the background: nobody waits who could be told of a failure. */
  #close(batch: Batch): void {
    if (this.#filling === batch) this.#filling = undefined;
    const delivery = this.#deliver(batch).catch((error: unknown) => this.#report(error));
    this.#underWay.add(delivery);
    void this.#context.track(delivery).finally(() => this.#underWay.delete(delivery));
  }

  async #deliver(batch: Batch): Promise<void> {
    batch.timer?.cancel();
    this.#refused.delete(batch);
    try {
      await this.#write(batch);
    } catch (error) {
      this.#keep(batch);
      throw error;
    }
  }

  async #write({ records, oldestArrival }: Batch): Promise<void> {
    const { roleArn, bucket, prefix, extension, isGzip, hasDelimiter } = this.destination;
    const { peers } = this.#context;
    const key = objectKey({ prefix, extension, streamName: this.name, streamVersion: this.version, oldestArrival });
    peers.iam.assertRoleAllows(roleArn, 's3:PutObject', `arn:aws:s3:::${bucket}/${key}`);
    const data = Buffer.concat(hasDelimiter ? records.flatMap((record) => [record, NEWLINE]) : records);
    await peers.s3.put(bucket, key, isGzip ? await compress(data) : data);
  }

  #keep(batch: Batch): void {
    const { clock, report } = this.#context;
    if (clock.now() - batch.oldestArrival >= KEPT_MS) {
      report(
        new Error(
          `${this.arn} lost ${batch.records.length} records: ${this.destination.bucket} refused them for a day.`,
        ),
      );
      return;
    }
    batch.timer = clock.schedule(RETRY_AFTER_MS, () => this.#close(batch));
    this.#refused.add(batch);
  }

  /** Tells the stream's log, where it has one and its role may write there; otherwise whoever runs the sandbox. */
  #report(error: unknown): void {
    const { peers, clock, report } = this.#context;
    const { errorLog, roleArn, bucket } = this.destination;
    const errorCode = error instanceof ApiError ? `S3.${error.code}` : 'S3.InternalError';
    const message = error instanceof Error ? error.message : String(error);
    if (!errorLog) {
      report(new Error(`${this.arn} cannot write to ${bucket}: ${message}`, { cause: error }));
      return;
    }
    const entry = {
      deliveryStreamARN: this.arn,
      destination: `arn:aws:s3:::${bucket}`,
      deliveryStreamVersionId: this.version,
      message,
      errorCode,
    };
    const { logGroup, logStream } = errorLog;
    const resource = `arn:aws:logs:${this.#context.region}:${this.#context.accountId}:log-group:${logGroup}:log-stream:${logStream}`;
    try {
      peers.iam.assertRoleAllows(roleArn, 'logs:PutLogEvents', resource);
      const written = peers.logs.write(logGroup, logStream, [
        { timestamp: clock.now(), message: JSON.stringify(entry) },
      ]);
      void this.#context.track(written.catch(report));
    } catch (cause) {
      report(new Error(`${this.arn} cannot write to ${bucket} (${message}), nor to its log`, { cause }));
    }
  }
}

const NEWLINE = Buffer.from('\n');
