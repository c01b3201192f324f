/** Where a record stands: the shard, and its place in the order of all writes to the stream. */
export interface SequencePosition {
  readonly shardIndex: number;
  readonly shardCreatedAtMs: number;
  readonly index: number;
  readonly arrivedAtMs: number;
}

/**
 * A sequence number as Kinesis makes them: 56 digits, growing with each write, with shard and arrival time inside. The layout (a hexadecimal
 * `2`, creation second, index, arrival second, shard, version `2`) is the one that kinesalite (MIT) read out of real numbers.
 */
export function sequenceNumber({ shardIndex, shardCreatedAtMs, index, arrivedAtMs }: SequencePosition): string {
  const digits = [
    '2',
    hex(shardCreatedAtMs / 1000, 9),
    hex(shardIndex % 16, 1),
    hex(index, 16),
    '00',
    hex(arrivedAtMs / 1000, 9),
    hex(shardIndex, 8),
    '2',
  ];
  return BigInt(`0x${digits.join('')}`).toString();
}

/** Shard that a sequence number names; absent where the text is none of ours. */
export function shardIndexOf(sequence: string): number | undefined {
  if (!/^\d{56}$/.test(sequence)) return undefined;
  const digits = BigInt(sequence).toString(16);
  return digits.length === 47 && digits.endsWith('2') ? Number.parseInt(digits.slice(38, 46), 16) : undefined;
}

function hex(value: number, length: number): string {
  return Math.floor(value).toString(16).padStart(length, '0');
}
