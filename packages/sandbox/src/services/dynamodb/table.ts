/** An attribute value in DynamoDB's JSON: `{ S: 'a' }`. */
export type AttributeValue = Readonly<Record<string, unknown>>;

export type Item = Record<string, AttributeValue>;

export interface KeySchemaElement {
  readonly AttributeName: string;
  readonly KeyType: 'HASH' | 'RANGE';
}

export interface SecondaryIndex {
  readonly IndexName: string;
  readonly IndexArn: string;
  readonly KeySchema: readonly KeySchemaElement[];
  readonly Projection: { readonly ProjectionType: string; readonly NonKeyAttributes?: readonly string[] };
  readonly IndexStatus?: string;
}

/** What DescribeTable tells of a table, and what dynalite reads its schema from. */
export interface TableDescription {
  readonly TableName: string;
  readonly TableArn: string;
  readonly TableId: string;
  readonly TableStatus: string;
  /** Epoch seconds. */
  readonly CreationDateTime: number;
  readonly AttributeDefinitions: readonly { readonly AttributeName: string; readonly AttributeType: string }[];
  readonly KeySchema: readonly KeySchemaElement[];
  readonly GlobalSecondaryIndexes?: readonly SecondaryIndex[];
  readonly LocalSecondaryIndexes?: readonly SecondaryIndex[];
  readonly [member: string]: unknown;
}

/** A table with its settings that are not part of its description. */
export interface Table {
  description: TableDescription;
  readonly tags: Map<string, string>;
  /** Attribute that holds an item's expiry in epoch seconds. */
  timeToLiveAttribute?: string;
  pointInTimeRecovery?: { enabledAt: number; recoveryPeriodInDays: number };
}
