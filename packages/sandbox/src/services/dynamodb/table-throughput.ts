import { ApiError } from '../../core/service.ts';
import type { Input, Output } from './dynalite.ts';
import type { TableDescription } from './table.ts';

interface Units {
  readonly ReadUnitsPerSecond?: number;
  readonly WriteUnitsPerSecond?: number;
}

interface Maximum {
  readonly MaxReadRequestUnits?: number;
  readonly MaxWriteRequestUnits?: number;
}

/** What a new on-demand table can serve at once. Source: DynamoDB Developer Guide, "On-demand capacity mode". */
const ON_DEMAND_WARMTH = { ReadUnitsPerSecond: 12_000, WriteUnitsPerSecond: 4_000 };
/** Takes a maximum away. */
const NO_MAXIMUM = -1;

/** How a table is billed, as DescribeTable tells it; `at` in epoch seconds. */
export function billing(isOnDemand: boolean, throughput: unknown, at: number): Output {
  if (!isOnDemand)
    return {
      BillingModeSummary: { BillingMode: 'PROVISIONED' },
      TableThroughputModeSummary: undefined,
      ProvisionedThroughput: { NumberOfDecreasesToday: 0, ...(throughput as object) },
    };
  return {
    BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST', LastUpdateToPayPerRequestDateTime: at },
    TableThroughputModeSummary: { TableThroughputMode: 'PAY_PER_REQUEST', LastUpdateToPayPerRequestDateTime: at },
    ProvisionedThroughput: { NumberOfDecreasesToday: 0, ReadCapacityUnits: 0, WriteCapacityUnits: 0 },
  };
}

/**
 * What UpdateTable changes of a table's throughput: its mode, the maximum that bounds its cost, and how much it is warmed for. The figures are
 * kept and shown; the sandbox throttles nothing by them, which faults are for. Throws `ValidationException`.
 */
export function throughputChange(description: TableDescription, input: Input, at: number): Output {
  const { BillingMode, ProvisionedThroughput, OnDemandThroughput, WarmThroughput } = input;
  const mode = BillingMode ?? billingModeOf(description);
  if (BillingMode === 'PROVISIONED' && ProvisionedThroughput === undefined)
    throw invalid('ProvisionedThroughput must be specified when BillingMode is PROVISIONED');
  if (OnDemandThroughput !== undefined && mode !== 'PAY_PER_REQUEST')
    throw invalid('OnDemandThroughput can be specified only when BillingMode is PAY_PER_REQUEST');
  return {
    ...(BillingMode === undefined && ProvisionedThroughput === undefined
      ? {}
      : billing(mode === 'PAY_PER_REQUEST', ProvisionedThroughput, at)),
    ...(OnDemandThroughput === undefined
      ? {}
      : { OnDemandThroughput: maximum(description, OnDemandThroughput as Maximum) }),
    ...(WarmThroughput === undefined ? {} : { WarmThroughput: warmth(description, WarmThroughput as Units) }),
  };
}

const billingModeOf = ({ BillingModeSummary }: TableDescription): unknown =>
  (BillingModeSummary as { readonly BillingMode?: string } | undefined)?.BillingMode ?? 'PROVISIONED';

function maximum({ OnDemandThroughput }: TableDescription, asked: Maximum): Maximum {
  const both = { ...(OnDemandThroughput as Maximum | undefined), ...asked };
  for (const units of Object.values(both))
    if (units !== NO_MAXIMUM && !(Number.isInteger(units) && units >= 1))
      throw invalid(`A maximum of request units is a positive number or ${NO_MAXIMUM}, not ${units}.`);
  return both;
}

/** Warmth only grows. */
function warmth({ WarmThroughput }: TableDescription, asked: Units) {
  const now = { ...ON_DEMAND_WARMTH, ...(WarmThroughput as Units | undefined) };
  const wanted = { ...now, ...asked };
  if (wanted.ReadUnitsPerSecond < now.ReadUnitsPerSecond || wanted.WriteUnitsPerSecond < now.WriteUnitsPerSecond)
    throw invalid(
      `One or more parameter values were invalid: Requested warm throughput ${wanted.ReadUnitsPerSecond} reads and ${wanted.WriteUnitsPerSecond} writes is lower than the current ${now.ReadUnitsPerSecond} and ${now.WriteUnitsPerSecond}`,
    );
  return { ...wanted, Status: 'ACTIVE' };
}

const invalid = (message: string): ApiError => new ApiError('ValidationException', message);
