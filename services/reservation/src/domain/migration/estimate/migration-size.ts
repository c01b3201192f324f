/** How much is to be migrated. */
export interface MigrationSize {
  /** Rows of all files: versions and repetitions included. */
  readonly rows: number;
  /** Different reservations among them, 0 to 1 of the rows. */
  readonly distinctShare: number;
  /** Different guests and reservations that need a key of their own, for each reservation. */
  readonly keysPerReservation: number;
  readonly files: number;
  readonly shards: number;
  /** Bytes of an item as DynamoDB stores it, sealed. */
  readonly itemBytes: number;
  /** Bytes of a row in the database, and in a statement's JSON. */
  readonly databaseRowBytes: number;
}

/** What a worker does in a second, and how many there are: measured where said so in the README, assumed where not. */
export interface MigrationRates {
  readonly memoryGb: number;
  /** Rows that one function reads, validates and seals into sections. */
  readonly splitRowsPerSecond: number;
  /** Reservations that one function merges and seals for good. */
  readonly sealRowsPerSecond: number;
  readonly concurrency: number;
  /** Seconds of one ranged read of S3, and how many are under way at once. */
  readonly readSeconds: number;
  readonly readsAtOnce: number;
  /** Writes that the key table takes: its on-demand quota, warmed. */
  readonly keyWritesPerSecond: number;
  /** Not published by AWS. */
  readonly importGbPerHour: number;
  readonly loadRowsPerSecond: number;
  readonly loadConcurrency: number;
  readonly capacityUnits: number;
  /** Rows of a statement. */
  readonly rowsPerStatement: number;
  readonly filesPerBatch: number;
}

/** List prices, USD. */
export interface MigrationPrices {
  readonly lambdaGbSecond: number;
  readonly lambdaRequest: number;
  readonly s3Put: number;
  readonly s3Get: number;
  readonly kmsRequest: number;
  readonly tableWrite: number;
  readonly tableRead: number;
  readonly importGb: number;
  readonly capacityUnitHour: number;
  readonly dataApiRequest: number;
  readonly databaseIo: number;
  readonly transition: number;
  readonly streamHour: number;
  readonly streamIngestGb: number;
  readonly streamReadGb: number;
}

/** A shard is at most so many rows: what fits into a function's memory and time with room to spare. */
const ROWS_PER_SHARD = 45_000;
const MOST_SHARDS = 4_096;

/** How many shards rows are spread over. */
export const shardsFor = (rows: number): number => Math.min(MOST_SHARDS, Math.max(1, Math.ceil(rows / ROWS_PER_SHARD)));

/** Of gzip CSV as the generator writes it. Real guests zip worse, so rows are rather over-estimated: only shards and estimates hang on it. */
const ZIPPED_BYTES_PER_ROW = 45;

/** Rows of files of so many zipped bytes, about. */
export const rowsOfBytes = (zippedBytes: number): number => Math.ceil(zippedBytes / ZIPPED_BYTES_PER_ROW);

/** What a hotel group's history looks like, beside its counts. */
export const TYPICAL_SHAPE = {
  distinctShare: 0.88,
  keysPerReservation: 1.3,
  itemBytes: 3_600,
  databaseRowBytes: 900,
} as const;

/**
 * Measured: 21,400 rows split and 1,550 reservations sealed in a second of CPU time (`measure-migration`). Taken for a third
 * and a quarter of that, for the slower core of a function and the calls of AWS that it waits for.
 */
export const TYPICAL_RATES: MigrationRates = {
  memoryGb: 1769 / 1024,
  splitRowsPerSecond: 8_000,
  sealRowsPerSecond: 400,
  concurrency: 200,
  readSeconds: 0.03,
  readsAtOnce: 32,
  keyWritesPerSecond: 40_000,
  importGbPerHour: 500,
  loadRowsPerSecond: 700,
  loadConcurrency: 16,
  capacityUnits: 32,
  rowsPerStatement: 100,
  filesPerBatch: 4,
};
