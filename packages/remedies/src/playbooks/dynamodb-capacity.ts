import { usdOf } from '@lamplighter/pricing';
import type { Playbook } from '../playbook.ts';
import { blames, DYNAMODB } from './blamed-dependency.ts';
import { resourcePatch } from './resource-patch.ts';

/** A provisioned table that refuses requests goes on demand: it then takes what comes, up to twice its former peak at once. */
export const dynamoDbCapacity: Playbook = {
  name: 'dynamodb-capacity',
  answers: ['dependency-slow', 'connection-pressure', 'error-burst', 'slow-down'],
  risk: 'medium',
  permissions: ['dynamodb:DescribeTable', 'dynamodb:UpdateTable'],
  verifies: 'failure-share',
  propose: ({ finding, table }) => {
    if (table === undefined || table.isOnDemand || !blames(finding, DYNAMODB)) return undefined;
    const standing =
      table.readUnits * usdOf('dynamodb.provisioned_rcu_hour') +
      table.writeUnits * usdOf('dynamodb.provisioned_wcu_hour');
    return {
      change: { kind: 'dynamodb-capacity', tableName: table.tableName, billing: 'on-demand' },
      title: `Let ${table.tableName} scale on demand`,
      reason: `It refuses requests beyond ${table.readUnits} read and ${table.writeUnits} write units.`,
      // At the same use, on demand costs about three times a fully used provisioned unit.
      costPerHourUsd: standing * 2,
      undo: `The table is set back to ${table.readUnits} read and ${table.writeUnits} write units, and its indexes to theirs. (AWS switches a table to on demand four times in 24 hours, and back at any time.)`,
      patch: resourcePatch(
        'AWS::DynamoDB::Table',
        table.tableName,
        { BillingMode: 'PAY_PER_REQUEST' },
        'take ProvisionedThroughput out, of its indexes too',
      ),
    };
  },
};

/**
 * An on-demand table that refuses requests is made ready for twice as much at once, instead of within half an hour of a higher peak.
 * Its price is taken to be that of an hour of so many provisioned units, once. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/warm-throughput.html
 */
export const dynamoDbWarm: Playbook = {
  name: 'dynamodb-warm',
  answers: ['dependency-slow', 'connection-pressure', 'error-burst', 'slow-down'],
  risk: 'medium',
  permissions: ['dynamodb:DescribeTable', 'dynamodb:UpdateTable'],
  verifies: 'failure-share',
  alwaysAsks: true,
  propose: ({ finding, table }) => {
    const { warmReadUnits: reads, warmWriteUnits: writes, tableName } = table ?? {};
    if (table === undefined || tableName === undefined || reads === undefined || writes === undefined) return undefined;
    if (!table.isOnDemand || !blames(finding, DYNAMODB)) return undefined;
    const price = reads * usdOf('dynamodb.provisioned_rcu_hour') + writes * usdOf('dynamodb.provisioned_wcu_hour');
    return {
      change: { kind: 'dynamodb-warm', tableName, readUnitsPerSecond: reads * 2, writeUnitsPerSecond: writes * 2 },
      title: `Make ${tableName} ready for ${reads * 2} reads and ${writes * 2} writes a second`,
      reason: `It refuses requests; it is ready for ${reads} reads and ${writes} writes a second.`,
      costPerHourUsd: 0,
      costOnceUsd: price,
      undo: 'Nothing to undo: a table that is warm costs nothing more, and AWS cools none.',
      patch: resourcePatch('AWS::DynamoDB::Table', tableName, {
        WarmThroughput: { ReadUnitsPerSecond: reads * 2, WriteUnitsPerSecond: writes * 2 },
      }),
    };
  },
};
