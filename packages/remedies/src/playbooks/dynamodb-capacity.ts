import { usdOf } from '@lamplighter/pricing';
import type { Playbook } from '../playbook.ts';

/** A provisioned table that refuses requests goes on demand: it then takes what comes, up to twice its former peak at once. */
export const dynamoDbCapacity: Playbook = {
  name: 'dynamodb-capacity',
  answers: ['dependency-slow', 'error-burst', 'slow-down'],
  risk: 'medium',
  permissions: ['dynamodb:DescribeTable', 'dynamodb:UpdateTable'],
  verifies: 'failure-share',
  propose: ({ finding, table }) => {
    const isThrottled = finding.causes.some(({ name }) =>
      /ProvisionedThroughputExceeded|ThrottlingException|dynamodb/i.test(name),
    );
    if (table === undefined || table.isOnDemand || !isThrottled) return undefined;
    const standing =
      table.readUnits * usdOf('dynamodb.provisioned_rcu_hour') +
      table.writeUnits * usdOf('dynamodb.provisioned_wcu_hour');
    return {
      change: { kind: 'dynamodb-capacity', tableName: table.tableName, onDemand: true },
      title: `Let ${table.tableName} scale on demand`,
      reason: `It refuses requests beyond ${table.readUnits} read and ${table.writeUnits} write units.`,
      // At the same use, on demand costs about three times a fully used provisioned unit.
      costPerHourUsd: standing * 2,
      undo: `The table is set back to ${table.readUnits} read and ${table.writeUnits} write units (AWS allows that once in 24 hours).`,
    };
  },
};
