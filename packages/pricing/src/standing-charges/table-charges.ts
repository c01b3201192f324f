import { usdOf } from '../price-book.ts';
import { type Charge, type ChargeRule, freeAtRest, hourly, type PricedResource } from './charge-rule.ts';
import { isRecord } from './template.ts';

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
  const indexes = resource
    .list('GlobalSecondaryIndexes')
    .map((index) => (isRecord(index) ? index.ProvisionedThroughput : undefined));
  const capacities = [resource.raw('ProvisionedThroughput'), ...indexes].map((value) => (isRecord(value) ? value : {}));
  const sum = (name: string): number =>
    capacities.reduce((total, capacity) => total + unitsOf(resource, capacity[name]), 0);
  const [reads, writes] = [sum('ReadCapacityUnits'), sum('WriteCapacityUnits')];
  return hourly(
    reads * usdOf('dynamodb.provisioned_rcu_hour') + writes * usdOf('dynamodb.provisioned_wcu_hour'),
    `${reads} read and ${writes} write units provisioned for the table and its indexes`,
  );
}

function unitsOf(resource: PricedResource, value: unknown): number {
  const units = Number(value);
  if (Number.isNaN(units))
    throw resource.unpriced('its provisioned capacity is known only once the stack is deployed.');
  return units;
}
