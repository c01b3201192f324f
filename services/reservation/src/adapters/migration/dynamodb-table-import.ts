import { createHash } from 'node:crypto';
import {
  DescribeImportCommand,
  type DynamoDBClient,
  ImportTableCommand,
  type ImportTableDescription,
  ListImportsCommand,
  ResourceInUseException,
} from '@aws-sdk/client-dynamodb';
import type { ImportReport } from '../../domain/migration/reports.ts';
import type { TableImport } from '../../migration-ports.ts';

/** ImportTable from a bucket, into a table like the live one. */
export function dynamoDbTableImport(client: DynamoDBClient, S3Bucket: string): TableImport {
  return {
    async begin({ table, prefix, token }) {
      try {
        const { ImportTableDescription } = await client.send(
          new ImportTableCommand({
            // The same for eight hours after the first request; after that the table is in use, and its import is found.
            ClientToken: createHash('sha256').update(`${token} ${table}`).digest('hex').slice(0, 36),
            S3BucketSource: { S3Bucket, S3KeyPrefix: prefix },
            InputFormat: 'DYNAMODB_JSON',
            InputCompressionType: 'GZIP',
            TableCreationParameters: tableLikeLive(table),
          }),
        );
        return ImportTableDescription!.ImportArn!;
      } catch (error) {
        if (!(error instanceof ResourceInUseException)) throw error;
        return importOf(client, { table, S3Bucket, prefix }, error);
      }
    },
    async read(ImportArn) {
      const { ImportTableDescription } = await client.send(new DescribeImportCommand({ ImportArn }));
      return reportOf(ImportTableDescription!);
    },
  };
}

/** As resources/tables.yml has it: keys and index. Recovery and deletion protection are turned on when the table goes live. */
function tableLikeLive(TableName: string) {
  const text = (AttributeName: string) => ({ AttributeName, AttributeType: 'S' as const });
  return {
    TableName,
    BillingMode: 'PAY_PER_REQUEST' as const,
    AttributeDefinitions: [text('pk'), text('property'), text('stay')],
    KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' as const }],
    GlobalSecondaryIndexes: [
      {
        IndexName: 'by-property',
        KeySchema: [
          { AttributeName: 'property', KeyType: 'HASH' as const },
          { AttributeName: 'stay', KeyType: 'RANGE' as const },
        ],
        Projection: { ProjectionType: 'ALL' as const },
      },
    ],
    SSESpecification: { Enabled: true },
  };
}

/** The import of this migration that made the table. @throws the error where somebody else made it */
async function importOf(
  client: DynamoDBClient,
  { table, S3Bucket, prefix }: { readonly table: string; readonly S3Bucket: string; readonly prefix: string },
  error: Error,
): Promise<string> {
  let NextToken: string | undefined;
  do {
    const page = await client.send(new ListImportsCommand(NextToken === undefined ? {} : { NextToken }));
    const found = page.ImportSummaryList?.find(
      ({ TableArn, S3BucketSource }) =>
        TableArn?.endsWith(`:table/${table}`) &&
        S3BucketSource?.S3Bucket === S3Bucket &&
        S3BucketSource.S3KeyPrefix === prefix,
    );
    if (found?.ImportArn !== undefined) return found.ImportArn;
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  throw error;
}

const reportOf = (description: ImportTableDescription): ImportReport => ({
  importArn: description.ImportArn!,
  table: description.TableCreationParameters?.TableName ?? description.TableArn!.split('/').at(-1)!,
  status: description.ImportStatus!,
  processed: description.ProcessedItemCount ?? 0,
  imported: description.ImportedItemCount ?? 0,
  errors: description.ErrorCount ?? 0,
});
