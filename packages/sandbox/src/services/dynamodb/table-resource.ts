import { physicalName } from '../../core/physical-name.ts';
import { refuseUnknownProperties } from '../../core/provided-property.ts';
import type { ResourceProvider, ServiceContext } from '../../core/service.ts';
import type { Input } from './dynalite.ts';
import type { StreamBook } from './streams/stream-book.ts';
import type { Table } from './table.ts';
import { setRecovery } from './table-settings.ts';
import type { TableStore } from './table-store.ts';
import { createTable } from './tables/create-table.ts';
import { deleteTable, existingTable } from './tables/existing-table.ts';
import { reviseTable } from './tables/revise-table.ts';
import { isTrue } from './tables/template-boolean.ts';
import type { TimeToLive } from './time-to-live.ts';

const KNOWN = [
  'TableName',
  'AttributeDefinitions',
  'KeySchema',
  'BillingMode',
  'ProvisionedThroughput',
  'OnDemandThroughput',
  'WarmThroughput',
  'GlobalSecondaryIndexes',
  'LocalSecondaryIndexes',
  'TimeToLiveSpecification',
  'SSESpecification',
  'PointInTimeRecoverySpecification',
  'DeletionProtectionEnabled',
  'StreamSpecification',
  'TableClass',
  'Tags',
];

type Properties = Readonly<Record<string, unknown>>;

/** `AWS::DynamoDB::Table` */
export function tableResource(
  store: TableStore,
  context: ServiceContext,
  { timeToLive, streams }: { readonly timeToLive: TimeToLive; readonly streams: StreamBook },
): ResourceProvider {
  const applySettings = (table: Table, properties: Properties) => {
    const { TimeToLiveSpecification, PointInTimeRecoverySpecification } = properties;
    const expiry = TimeToLiveSpecification as { AttributeName?: string; Enabled?: unknown } | undefined;
    timeToLive.set(table, isTrue(expiry?.Enabled) ? expiry?.AttributeName : undefined);
    const recovery = PointInTimeRecoverySpecification ?? { PointInTimeRecoveryEnabled: false };
    setRecovery(table, recovery, context.clock.now());
    streams.specify(table, properties.StreamSpecification);
  };
  const attributesOf = ({ description: { TableArn, LatestStreamArn } }: Table) => ({
    Arn: TableArn,
    ...(LatestStreamArn ? { StreamArn: String(LatestStreamArn) } : {}),
  });
  return {
    async create({ logicalId, stackName, properties }) {
      refuseUnknownProperties('AWS::DynamoDB::Table', properties, KNOWN);
      const name = String(properties.TableName ?? physicalName({ stackName, logicalId }));
      const table = createTable(store, context, tableInput(properties, name));
      applySettings(table, properties);
      return { ref: name, attributes: attributesOf(table) };
    },
    async update(created, { properties }) {
      refuseUnknownProperties('AWS::DynamoDB::Table', properties, KNOWN);
      const table = existingTable(store, created.ref);
      const name = String(properties.TableName ?? created.ref);
      reviseTable(store, context, table, tableInput(properties, name));
      applySettings(table, properties);
      return { ...created, attributes: attributesOf(table) };
    },
    async delete(created) {
      const table = existingTable(store, created.ref);
      timeToLive.forget(table);
      streams.close(created.ref);
      deleteTable(store, created.ref);
    },
  };
}

/** The input of CreateTable that the properties amount to. */
function tableInput(properties: Properties, TableName: string): Input {
  const {
    TimeToLiveSpecification: _expiry,
    PointInTimeRecoverySpecification: _recovery,
    StreamSpecification: _stream,
    ...rest
  } = properties;
  return withNumbers({ ...rest, TableName });
}

/** CloudFormation parameters arrive as text; capacity units are numbers. */
function withNumbers(properties: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const entries = Object.entries(properties).map(([name, value]) => {
    if (/(?:CapacityUnits|RequestUnits|UnitsPerSecond)$/.test(name)) return [name, Number(value)];
    if (Array.isArray(value)) return [name, value.map((item) => (isRecord(item) ? withNumbers(item) : item))];
    return [name, isRecord(value) ? withNumbers(value) : value];
  });
  return Object.fromEntries(entries);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
