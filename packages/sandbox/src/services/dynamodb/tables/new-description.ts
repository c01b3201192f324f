import { randomUUID } from 'node:crypto';
import type { ServiceContext } from '../../../core/service.ts';
import { type Input, type Output, parseInput } from '../dynalite.ts';
import type { SecondaryIndex, TableDescription } from '../table.ts';
import { tableArn } from '../table-names.ts';
import type { TableStore } from '../table-store.ts';
import { billing, throughputChange } from '../table-throughput.ts';
import { encryption } from './server-side-encryption.ts';
import { isTrue } from './template-boolean.ts';

/** What DescribeTable says of a table that the input of CreateTable asks for. Throws as CreateTable does. */
export function describeNew(store: TableStore, context: ServiceContext, input: Input): TableDescription {
  const { Tags: _tags, SSESpecification, DeletionProtectionEnabled, TableClass, ...settled } = input;
  const { OnDemandThroughput, WarmThroughput, ...rest } = settled;
  const schema = parseInput('CreateTable', rest, store);
  const createdAt = context.clock.now() / 1000;
  const { BillingMode, ProvisionedThroughput, ...described } = schema;
  const billed = billing(BillingMode === 'PAY_PER_REQUEST', ProvisionedThroughput, createdAt);
  return {
    ...described,
    ...indexDescriptions(context, schema),
    ...billed,
    ...throughputChange(billed as unknown as TableDescription, { OnDemandThroughput, WarmThroughput }, createdAt),
    ...encryption(context, SSESpecification),
    ...(TableClass === undefined ? {} : { TableClassSummary: { TableClass } }),
    DeletionProtectionEnabled: isTrue(DeletionProtectionEnabled),
    TableArn: tableArn(context, schema.TableName),
    TableId: randomUUID(),
    TableStatus: 'ACTIVE',
    CreationDateTime: createdAt,
  } as unknown as TableDescription;
}

export function tagsIn(input: Input): Map<string, string> {
  const tags = (input.Tags as { Key: string; Value: string }[] | undefined) ?? [];
  return new Map(tags.map((tag) => [tag.Key, tag.Value]));
}

function indexDescriptions(context: ServiceContext, schema: Output): Output {
  const arn = tableArn(context, schema.TableName);
  const described: Output = {};
  for (const kind of ['GlobalSecondaryIndexes', 'LocalSecondaryIndexes']) {
    const indexes = schema[kind] as SecondaryIndex[] | undefined;
    if (!indexes) continue;
    const status = kind === 'GlobalSecondaryIndexes' ? { IndexStatus: 'ACTIVE' } : {};
    described[kind] = indexes.map((index) => ({ ...index, ...status, IndexArn: `${arn}/index/${index.IndexName}` }));
  }
  return described;
}
