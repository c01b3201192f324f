import { usdOf } from '../price-book.ts';
import { type Charge, type ChargeRule, freeAtRest, hourly, type PricedResource } from './charge-rule.ts';

/** What DynamoDB tables cost while nobody reads or writes. */
export const TABLE_CHARGES: Readonly<Record<string, ChargeRule>> = {
  'AWS::DynamoDB::Table': chargeTable,
  'AWS::DynamoDB::GlobalTable': (resource) => {
    if (!isOnDemand(resource)) throw resource.unpriced('its capacity is provisioned per replica.');
    return freeAtRest('billed per request and per GB stored')(resource);
  },
};

function isOnDemand(resource: PricedResource): boolean {
  return resource.text('BillingMode', 'PROVISIONED') === 'PAY_PER_REQUEST';
}

function chargeTable(resource: PricedResource): Charge {
  if (isOnDemand(resource)) return hourly(0, 'billed per request and per GB stored');
  if (resource.text('TableClass', 'STANDARD') !== 'STANDARD')
    throw resource.unpriced('the price book holds no provisioned capacity of its class.');
  const capacities = [resource, ...resource.parts('GlobalSecondaryIndexes')];
  const sum = (name: string): number =>
    capacities.reduce((total, capacity) => total + capacity.number(`ProvisionedThroughput.${name}`, Number.NaN), 0);
  const [reads, writes] = [sum('ReadCapacityUnits'), sum('WriteCapacityUnits')];
  return hourly(
    reads * usdOf('dynamodb.provisioned_rcu_hour') + writes * usdOf('dynamodb.provisioned_wcu_hour'),
    `${reads} read and ${writes} write units provisioned for the table and its indexes`,
  );
}
