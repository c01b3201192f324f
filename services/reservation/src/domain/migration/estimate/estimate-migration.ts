import type { MigrationPrices, MigrationRates, MigrationSize } from './migration-size.ts';

/** What one step takes, and what each thing in it costs. */
export interface StepEstimate {
  readonly step: 'split' | 'seal' | 'import' | 'load' | 'orchestration';
  readonly seconds: number;
  /** USD by what is paid for. */
  readonly usd: Readonly<Record<string, number>>;
}

export interface MigrationEstimate {
  readonly steps: readonly StepEstimate[];
  /** From start to end: import and load run beside each other. */
  readonly hours: number;
  readonly usd: number;
  /** The same migration by other ways. USD is undefined where the price book has no price. */
  readonly comparisons: readonly { readonly way: string; readonly hours: number; readonly usd: number | undefined }[];
}

const GB = 1_000_000_000;
const IO_BYTES = 8_192;
/** The Data API is paid in units of 32 KB, as far as known. */
const DATA_API_UNIT_BYTES = 32_768;
/** Messages of the live stream are of so many bytes: what the workshop's way would have carried. */
const MESSAGE_BYTES = 17_000;
const WORKSHOP_STREAM_HOURS = 90 * 24;
const WORKSHOP_EMR_HOURS = 3;

/** What a migration will take and cost, before it starts. A pure function of counts, sizes, rates and prices; nothing is rounded. */
export function estimateMigration(
  size: MigrationSize,
  rates: MigrationRates,
  prices: MigrationPrices,
): MigrationEstimate {
  const steps = [
    splitStep(size, rates, prices),
    sealStep(size, rates, prices),
    importStep(size, rates, prices),
    loadStep(size, rates, prices),
    orchestrationStep(size, rates, prices),
  ];
  const secondsOf = (name: StepEstimate['step']): number => steps.find(({ step }) => step === name)!.seconds;
  const seconds = secondsOf('split') + secondsOf('seal') + Math.max(secondsOf('import'), secondsOf('load'));
  const usd = steps.flatMap((step) => Object.values(step.usd)).reduce((sum, each) => sum + each, 0);
  return { steps, hours: seconds / 3_600, usd, comparisons: comparisons(size, rates, prices) };
}

const reservationsOf = ({ rows, distinctShare }: MigrationSize): number => rows * distinctShare;

function splitStep({ rows, files }: MigrationSize, rates: MigrationRates, prices: MigrationPrices): StepEstimate {
  const workSeconds = rows / rates.splitRowsPerSecond;
  return {
    step: 'split',
    seconds: workSeconds / Math.min(rates.concurrency, Math.ceil(files / rates.filesPerBatch)),
    usd: {
      'Lambda duration': workSeconds * rates.memoryGb * prices.lambdaGbSecond,
      'Lambda requests': Math.ceil(files / rates.filesPerBatch) * prices.lambdaRequest,
      'S3 requests': files * (2 * prices.s3Get + 3 * prices.s3Put),
    },
  };
}

function sealStep(size: MigrationSize, rates: MigrationRates, prices: MigrationPrices): StepEstimate {
  const { files, shards } = size;
  const reservations = reservationsOf(size);
  const keys = reservations * size.keysPerReservation;
  const reads = 2 * files * shards;
  const workSeconds = reservations / rates.sealRowsPerSecond + (reads * rates.readSeconds) / rates.readsAtOnce;
  return {
    step: 'seal',
    seconds: Math.max(workSeconds / Math.min(rates.concurrency, shards), keys / rates.keyWritesPerSecond),
    usd: {
      'Lambda duration': workSeconds * rates.memoryGb * prices.lambdaGbSecond,
      'Lambda requests': shards * prices.lambdaRequest,
      'S3 requests': reads * prices.s3Get + shards * (2 * prices.s3Get + 2 * prices.s3Put),
      // A batch key a shard, and at most each shard's unwrapped by each other.
      'KMS requests': (shards + shards * shards) * prices.kmsRequest,
      'key table': keys * (prices.tableWrite + prices.tableRead),
    },
  };
}

function importStep(size: MigrationSize, rates: MigrationRates, prices: MigrationPrices): StepEstimate {
  const gb = (reservationsOf(size) * size.itemBytes) / GB;
  return { step: 'import', seconds: (gb / rates.importGbPerHour) * 3_600, usd: { ImportTable: gb * prices.importGb } };
}

function loadStep(size: MigrationSize, rates: MigrationRates, prices: MigrationPrices): StepEstimate {
  const reservations = reservationsOf(size);
  const statements = reservations / rates.rowsPerStatement;
  const units = Math.ceil((rates.rowsPerStatement * size.databaseRowBytes) / DATA_API_UNIT_BYTES);
  const seconds = reservations / (rates.loadRowsPerSecond * rates.loadConcurrency);
  // Table and three indexes are written.
  const ios = (4 * reservations * size.databaseRowBytes) / IO_BYTES;
  return {
    step: 'load',
    seconds,
    usd: {
      'Data API': statements * units * prices.dataApiRequest,
      'Aurora capacity': (seconds / 3_600) * rates.capacityUnits * prices.capacityUnitHour,
      'Aurora I/O': ios * prices.databaseIo,
      // Functions wait for the database at a quarter of the memory.
      'Lambda duration': seconds * rates.loadConcurrency * (rates.memoryGb / 4) * prices.lambdaGbSecond,
    },
  };
}

/** A child of a Distributed Map is an execution: its start, and its one state. */
function orchestrationStep(
  { files, shards }: MigrationSize,
  { filesPerBatch }: MigrationRates,
  prices: MigrationPrices,
): StepEstimate {
  const children = Math.ceil(files / filesPerBatch) + 2 * shards;
  return { step: 'orchestration', seconds: 0, usd: { 'state transitions': (children * 2 + 300) * prices.transition } };
}

function comparisons(
  size: MigrationSize,
  rates: MigrationRates,
  prices: MigrationPrices,
): MigrationEstimate['comparisons'] {
  const gb = (size.rows * MESSAGE_BYTES) / GB;
  const reservations = reservationsOf(size);
  const stream = WORKSHOP_STREAM_HOURS * prices.streamHour + gb * (prices.streamIngestGb + prices.streamReadGb);
  // Item and index entry, each rounded up to a KB.
  const writes = size.rows * Math.ceil(size.itemBytes / 1_024) * 2;
  const keys = reservations * size.keysPerReservation;
  return [
    {
      way: "Kinesis and Lambda, the workshop's first estimate",
      hours: WORKSHOP_STREAM_HOURS,
      usd: stream + writes * prices.tableWrite + keys * prices.kmsRequest,
    },
    { way: "EMR, the workshop's second estimate", hours: WORKSHOP_EMR_HOURS, usd: undefined },
    {
      way: 'as here, but each key asked of KMS',
      hours: keys / KMS_REQUESTS_PER_SECOND / 3_600,
      usd: keys * prices.kmsRequest,
    },
    {
      way: 'as here, but written item by item into the live table',
      hours: writes / rates.keyWritesPerSecond / 3_600,
      usd: writes * prices.tableWrite,
    },
  ];
}

/** Shared by all symmetric operations of an account: the smaller default of KMS's request quotas. */
const KMS_REQUESTS_PER_SECOND = 10_000;
