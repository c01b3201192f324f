export interface KinesisRecord {
  readonly sequenceNumber: string;
  readonly partitionKey: string;
  readonly data: Buffer;
  /** Epoch milliseconds. */
  readonly arrivedAt: number;
}

export interface KinesisPeer {
  putRecord(
    streamArn: string,
    data: Buffer,
    partitionKey: string,
  ): Promise<{ shardId: string; sequenceNumber: string }>;
  shards(streamArn: string): Promise<readonly string[]>;
  /** Records of a shard after `sequenceNumber` (from the oldest where absent), at most `limit`. */
  read(
    streamArn: string,
    shardId: string,
    afterSequenceNumber: string | undefined,
    limit: number,
  ): Promise<readonly KinesisRecord[]>;
  /** Calls `listener` after each write to the stream; returns the end of listening. */
  onWrite(streamArn: string, listener: () => void): () => void;
}

/** What event source mappings read a stream by; the data of a DynamoDB record is its JSON. */
export type StreamSourcePeer = Pick<KinesisPeer, 'shards' | 'read' | 'onWrite'>;
