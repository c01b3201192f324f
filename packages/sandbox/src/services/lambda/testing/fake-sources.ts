import type { KinesisPeer, KinesisRecord } from '../../kinesis/kinesis-peer.ts';
import type { S3Peer } from '../../s3/s3-peer.ts';
import type { SqsMessage, SqsPeer } from '../../sqs/sqs-peer.ts';

/** A stream in memory: shards by name, each a list of records. */
export interface FakeStream {
  readonly peer: KinesisPeer;
  put(
    shardId: string,
    records: readonly { readonly partitionKey: string; readonly data: string; readonly arrivedAt?: number }[],
  ): void;
}

export function fakeStream(shardIds: readonly string[], now: () => number): FakeStream {
  const shards = new Map(shardIds.map((id): [string, KinesisRecord[]] => [id, []]));
  const listeners = new Set<() => void>();
  let sequence = 0;
  return {
    put(shardId, records) {
      for (const { partitionKey, data, arrivedAt = now() } of records) {
        sequence += 1;
        const sequenceNumber = String(sequence).padStart(8, '0');
        shards.get(shardId)?.push({ sequenceNumber, partitionKey, data: Buffer.from(data), arrivedAt });
      }
      for (const listener of listeners) listener();
    },
    peer: {
      putRecord: () => Promise.reject(new Error('not used')),
      shards: async () => [...shards.keys()],
      read: async (_streamArn, shardId, after = '', limit) =>
        (shards.get(shardId) ?? []).filter(({ sequenceNumber }) => sequenceNumber > after).slice(0, limit),
      onWrite(_streamArn, listener) {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
    },
  };
}

/** Queues in memory; a received message is hidden until `show` is called. */
export interface FakeQueues {
  readonly peer: SqsPeer;
  readonly sent: {
    readonly queueArn: string;
    readonly body: string;
    readonly attributes?: Readonly<Record<string, string>>;
  }[];
  /** Messages of a queue that nobody deleted. */
  left(queueArn: string): string[];
  /** Ends the visibility timeout of all messages. */
  show(): void;
}

interface Held {
  readonly message: SqsMessage;
  readonly queueArn: string;
  isHidden: boolean;
}

export function fakeQueues(): FakeQueues {
  const held: Held[] = [];
  const sent: FakeQueues['sent'] = [];
  const listeners = new Map<string, Set<() => void>>();
  return {
    sent,
    left: (queueArn) => held.filter((entry) => entry.queueArn === queueArn).map(({ message }) => message.body),
    show() {
      for (const entry of held) entry.isHidden = false;
    },
    peer: {
      async send(queueArn, body, attributes) {
        sent.push({ queueArn, body, ...(attributes ? { attributes } : {}) });
        const messageId = `message-${sent.length}`;
        held.push({
          queueArn,
          isHidden: false,
          message: { messageId, receiptHandle: `handle-${sent.length}`, body, attributes: {} },
        });
        for (const listener of listeners.get(queueArn) ?? []) listener();
      },
      async receive(queueArn, max) {
        const visible = held.filter((entry) => entry.queueArn === queueArn && !entry.isHidden).slice(0, max);
        for (const entry of visible) entry.isHidden = true;
        return visible.map(({ message }) => message);
      },
      async delete(_queueArn, receiptHandle) {
        held.splice(
          held.findIndex(({ message }) => message.receiptHandle === receiptHandle),
          1,
        );
      },
      assertMaySend: () => undefined,
      onSend(queueArn, listener) {
        const of = listeners.get(queueArn) ?? new Set();
        listeners.set(queueArn, of.add(listener));
        return () => void of.delete(listener);
      },
    },
  };
}

/** Buckets in memory: objects by `bucket/key`. */
export function fakeBuckets(): { readonly peer: S3Peer; readonly objects: Map<string, string> } {
  const objects = new Map<string, string>();
  return {
    objects,
    peer: {
      put: async (bucket, key, body) => void objects.set(`${bucket}/${key}`, body.toString('utf8')),
      get: async (bucket, key) => Buffer.from(objects.get(`${bucket}/${key}`) ?? ''),
      readAs: () => ({ kind: 'missing' }),
      list: async () => [],
    },
  };
}
