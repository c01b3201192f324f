import { describe, expect, test } from '@jest/globals';
import type { TableDescription } from './table.ts';
import { billing, throughputChange } from './table-throughput.ts';

const described = (members: object) => ({ TableName: 't', ...members }) as TableDescription;
const ON_DEMAND = described(billing(true, undefined, 1));
const PROVISIONED = described(billing(false, { ReadCapacityUnits: 5, WriteCapacityUnits: 5 }, 1));

describe('a table’s throughput', () => {
  test('changes its mode both ways', () => {
    expect(throughputChange(PROVISIONED, { BillingMode: 'PAY_PER_REQUEST' }, 2)).toMatchObject({
      BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST', LastUpdateToPayPerRequestDateTime: 2 },
      ProvisionedThroughput: { ReadCapacityUnits: 0 },
    });
    const ProvisionedThroughput = { ReadCapacityUnits: 3, WriteCapacityUnits: 4 };
    expect(throughputChange(ON_DEMAND, { BillingMode: 'PROVISIONED', ProvisionedThroughput }, 2)).toMatchObject({
      BillingModeSummary: { BillingMode: 'PROVISIONED' },
      ProvisionedThroughput,
    });
  });

  test('is bounded on demand, and unbounded again', () => {
    const bounded = throughputChange(ON_DEMAND, { OnDemandThroughput: { MaxWriteRequestUnits: 100 } }, 2);
    expect(bounded).toEqual({ OnDemandThroughput: { MaxWriteRequestUnits: 100 } });

    const table = described({ ...ON_DEMAND, ...bounded });
    expect(throughputChange(table, { OnDemandThroughput: { MaxReadRequestUnits: -1 } }, 3)).toEqual({
      OnDemandThroughput: { MaxWriteRequestUnits: 100, MaxReadRequestUnits: -1 },
    });
  });

  test('is warmed, and never cooled', () => {
    const warm = throughputChange(ON_DEMAND, { WarmThroughput: { WriteUnitsPerSecond: 9_000 } }, 2);
    expect(warm).toEqual({
      WarmThroughput: { ReadUnitsPerSecond: 12_000, WriteUnitsPerSecond: 9_000, Status: 'ACTIVE' },
    });

    const table = described({ ...ON_DEMAND, ...warm });
    expect(() => throughputChange(table, { WarmThroughput: { WriteUnitsPerSecond: 8_000 } }, 3)).toThrow('lower than');
  });

  test.each<[TableDescription, Readonly<Record<string, unknown>>, string]>([
    [ON_DEMAND, { BillingMode: 'PROVISIONED' }, 'must be specified'],
    [PROVISIONED, { OnDemandThroughput: { MaxReadRequestUnits: 1 } }, 'only when BillingMode is PAY_PER_REQUEST'],
    [ON_DEMAND, { OnDemandThroughput: { MaxReadRequestUnits: 0 } }, 'positive number'],
  ])('%#: is refused', (table, input, message) => {
    expect(() => throughputChange(table, input, 2)).toThrow(message);
  });
});
