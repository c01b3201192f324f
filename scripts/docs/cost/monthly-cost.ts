import { ASSUMED_WORK, ownCost } from '../../../packages/prediction/src/index.ts';
import { usdOf } from '../../../packages/pricing/src/index.ts';

export type Door = 'direct' | 'stream';

/** The load that a month's bill is computed for. */
export interface Load {
  readonly invocations: number;
  readonly functions: number;
}

/** What the model takes for granted, beside `ASSUMED_WORK` of packages/prediction; sizes as CloudWatch Logs and the tables see them. */
export const ASSUMPTIONS = {
  /** START, END, REPORT and five lines of the application. */
  linesPerInvocation: 8,
  bytesPerLine: 150,
  /** Of a delivery's gzip. */
  compression: 5,
  /** In the audit and the timeline, as long as `auditDays` says. */
  tableBytesPerInvocation: 1_500,
  auditDays: 90,
  /** Payloads that one call of the stream door takes. */
  payloadsPerBatch: 10,
  /** Months of archive that are paid for: the first year's middle. */
  archiveMonths: 6,
} as const;

const MINUTES_A_MONTH = 43_200;
/** A minute with calls, and the half hour after it, is told: ingestion's `silenceMinutes`. */
const TOLD_MINUTES = 31;
const GB = 1e9;
/** Firehose bills each record as a multiple of 5 KB, Kinesis on demand as one of 1 KB. https://aws.amazon.com/firehose/pricing/, https://aws.amazon.com/kinesis/data-streams/pricing/ */
const FIREHOSE_STEP_BYTES = 5_000;
const KINESIS_STEP_BYTES = 1_000;

export interface MonthlyCost {
  readonly parts: Readonly<Record<'compute' | 'tables' | 'stored' | 'archive' | 'stream' | 'standing', number>>;
  readonly totalUsd: number;
}

/** USD a month of the whole house, list prices of us-east-1, nothing free. `standingUsd`: what its stacks cost at rest. */
export function monthlyCost({ invocations, functions }: Load, door: Door, standingUsd: number): MonthlyCost {
  const busyMinutes = expectedBusyMinutes(invocations, functions);
  const perDelivery = ASSUMED_WORK.invocationsPerDelivery;
  const deliveries = Math.max(invocations / perDelivery, busyMinutes);
  const own = ownCost({
    invocations,
    busyMinutes,
    silentMinutes: expectedBusyMinutes(invocations * TOLD_MINUTES, functions) - busyMinutes,
    accountMinutes: expectedBusyMinutes(invocations * TOLD_MINUTES, 1),
  });
  const partOf = (name: string): number => own.parts.find((part) => part.name === name)?.usd ?? 0;
  const rawBytes = invocations * ASSUMPTIONS.linesPerInvocation * ASSUMPTIONS.bytesPerLine;
  const savedRequests =
    door === 'stream' ? deliveries * (1 - 1 / ASSUMPTIONS.payloadsPerBatch) * (usdOf('lambda.requests') / 1e6) : 0;
  const parts = {
    compute: own.totalUsd - partOf('DynamoDB') - savedRequests,
    tables: partOf('DynamoDB'),
    stored:
      ((invocations * ASSUMPTIONS.tableBytesPerInvocation) / GB) *
      (ASSUMPTIONS.auditDays / 30) *
      usdOf('dynamodb.storage'),
    archive: archiveUsd(rawBytes, deliveries),
    stream: door === 'stream' ? streamUsd(rawBytes, deliveries) : 0,
    standing: standingUsd,
  };
  return { parts, totalUsd: Object.values(parts).reduce((sum, usd) => sum + usd, 0) };
}

/** Minutes in which a function is called, over all functions, where calls come evenly and independently (Poisson). */
function expectedBusyMinutes(invocations: number, functions: number): number {
  const minutes = functions * MINUTES_A_MONTH;
  return minutes * (1 - Math.exp(-invocations / minutes));
}

function archiveUsd(rawBytes: number, deliveries: number): number {
  const billedBytes = deliveries * roundedUp(deliveries === 0 ? 0 : rawBytes / deliveries, FIREHOSE_STEP_BYTES);
  const keptGb = (rawBytes / GB / ASSUMPTIONS.compression) * ASSUMPTIONS.archiveMonths;
  return (billedBytes / GB) * usdOf('firehose.direct_put_first_500TB') + keptGb * usdOf('s3.intelligent_tiering_fa');
}

/** What the stream takes in and gives out; that it is there is a standing charge. */
function streamUsd(rawBytes: number, deliveries: number): number {
  const sentBytes = deliveries === 0 ? 0 : rawBytes / ASSUMPTIONS.compression / deliveries;
  const billedGb = (deliveries * roundedUp(sentBytes, KINESIS_STEP_BYTES)) / GB;
  return billedGb * (usdOf('kinesis.ondemand_ingest') + usdOf('kinesis.ondemand_retrieve'));
}

const roundedUp = (value: number, step: number): number => Math.ceil(value / step) * step;
