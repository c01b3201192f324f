import { gzipSync } from 'node:zlib';
import {
  CreateTableCommand,
  DescribeExportCommand,
  DescribeImportCommand,
  DescribeTableCommand,
  DynamoDBClient,
  ExportTableToPointInTimeCommand,
  ImportTableCommand,
  ListImportsCommand,
  PutItemCommand,
  ScanCommand,
  UpdateContinuousBackupsCommand,
} from '@aws-sdk/client-dynamodb';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startTestSandbox, type TestSandbox } from '../../../testing/start-test-sandbox.ts';

import { KEYED_BY_ID } from '../testing/keyed-by-id.ts';

let started: TestSandbox;
let dynamodb: DynamoDBClient;
beforeAll(async () => {
  started = await startTestSandbox({ services: ['s3', 'sqs', 'dynamodb', 'lambda', 'logs', 'cloudwatch', 'events'] });
  dynamodb = started.sandbox.client(DynamoDBClient);
});
afterAll(() => started.stop());

const put = (TableName: string, id: string, more = {}) =>
  dynamodb.send(new PutItemCommand({ TableName, Item: { id: { S: id }, ...more } }));

describe('ImportTable', () => {
  const Bucket = 'imports';
  beforeAll(() =>
    started.sandbox.deployTemplate({
      stackName: 'imports',
      template: { Resources: { Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: Bucket } } } },
    }),
  );
  const upload = (Key: string, Body: string | Buffer) =>
    started.sandbox.client(S3Client, { forcePathStyle: true }).send(new PutObjectCommand({ Bucket, Key, Body }));

  async function imported(TableName: string, how: object, schema: object = KEYED_BY_ID) {
    const { ImportTableDescription } = await dynamodb.send(
      new ImportTableCommand({
        S3BucketSource: { S3Bucket: Bucket, S3KeyPrefix: `${TableName}/` },
        TableCreationParameters: { TableName, ...KEYED_BY_ID, ...schema },
        ...how,
      } as never),
    );
    expect(ImportTableDescription?.ImportStatus).toBe('IN_PROGRESS');
    await started.sandbox.idle();
    const { ImportArn } = ImportTableDescription ?? {};
    return (await dynamodb.send(new DescribeImportCommand({ ImportArn }))).ImportTableDescription;
  }

  test('fills a table from DynamoDB JSON, compressed or not, and counts what it could not take', async () => {
    const line = (id: string) => JSON.stringify({ Item: { id: { S: id }, n: { N: '1' } } });
    await upload('json/1.json.gz', gzipSync(`${line('a')}\n${line('b')}\n{"Item":{"n":{"N":"1"}}}\nnonsense\n`));
    const done = await imported('json', { InputFormat: 'DYNAMODB_JSON', InputCompressionType: 'GZIP' });
    const { Items } = await dynamodb.send(new ScanCommand({ TableName: 'json' }));

    expect(done).toMatchObject({
      ImportStatus: 'COMPLETED',
      ProcessedItemCount: 4,
      ImportedItemCount: 2,
      ErrorCount: 2,
      InputFormat: 'DYNAMODB_JSON',
    });
    expect(Items?.map(({ id }) => id?.S).sort()).toEqual(['a', 'b']);
  });

  test('fills a table from CSV, whose keys have the types of the table', async () => {
    await upload('csv/1.csv', 'id;at;note\r\na;1;"says ""hi""; twice"\nb;2;\nc;no number;x\nd;4\n');
    const schema = {
      AttributeDefinitions: [
        { AttributeName: 'id', AttributeType: 'S' },
        { AttributeName: 'at', AttributeType: 'N' },
      ],
      KeySchema: [
        { AttributeName: 'id', KeyType: 'HASH' },
        { AttributeName: 'at', KeyType: 'RANGE' },
      ],
    };
    const done = await imported('csv', { InputFormat: 'CSV', InputFormatOptions: { Csv: { Delimiter: ';' } } }, schema);
    const { Items } = await dynamodb.send(new ScanCommand({ TableName: 'csv' }));
    const { ImportSummaryList } = await dynamodb.send(new ListImportsCommand({ TableArn: done?.TableArn }));

    expect([done?.ImportedItemCount, done?.ErrorCount]).toEqual([2, 2]);
    expect(Items?.find(({ id }) => id?.S === 'a')).toEqual({
      id: { S: 'a' },
      at: { N: '1' },
      note: { S: 'says "hi"; twice' },
    });
    expect(ImportSummaryList).toMatchObject([{ ImportStatus: 'COMPLETED', InputFormat: 'CSV' }]);
  });

  test('takes what ExportTableToPointInTime wrote', async () => {
    await dynamodb.send(new CreateTableCommand({ TableName: 'exported', ...KEYED_BY_ID }));
    const { Table } = await dynamodb.send(new DescribeTableCommand({ TableName: 'exported' }));
    await put('exported', 'a', { n: { N: '1' } });
    const exporting = () =>
      dynamodb.send(
        new ExportTableToPointInTimeCommand({ TableArn: Table?.TableArn, S3Bucket: Bucket, S3Prefix: 'again' }),
      );
    await expect(exporting()).rejects.toMatchObject({ name: 'PointInTimeRecoveryUnavailableException' });
    const PointInTimeRecoverySpecification = { PointInTimeRecoveryEnabled: true };
    await dynamodb.send(
      new UpdateContinuousBackupsCommand({ TableName: 'exported', PointInTimeRecoverySpecification }),
    );
    const { ExportDescription } = await exporting();
    await put('exported', 'later');
    await started.sandbox.idle();
    const { ExportArn } = ExportDescription ?? {};
    const done = await dynamodb.send(new DescribeExportCommand({ ExportArn }));
    const [data] = (await started.sandbox.peers.s3.list(Bucket, 'again/')).filter(({ key }) => key.includes('/data/'));
    const copied = await dynamodb.send(
      new ImportTableCommand({
        S3BucketSource: { S3Bucket: Bucket, S3KeyPrefix: data?.key },
        InputFormat: 'DYNAMODB_JSON',
        InputCompressionType: 'GZIP',
        TableCreationParameters: { TableName: 'copy', ...KEYED_BY_ID },
      }),
    );
    await started.sandbox.idle();
    const { Items } = await dynamodb.send(new ScanCommand({ TableName: 'copy' }));

    expect([ExportDescription?.ExportStatus, copied.ImportTableDescription?.ImportStatus]).toEqual([
      'IN_PROGRESS',
      'IN_PROGRESS',
    ]);
    expect(done.ExportDescription).toMatchObject({
      ExportStatus: 'COMPLETED',
      ItemCount: 1,
      ExportFormat: 'DYNAMODB_JSON',
    });
    expect(Items).toEqual([{ id: { S: 'a' }, n: { N: '1' } }]);
  });

  test('fails where there is nothing to import, and refuses what it cannot read by name', async () => {
    expect(await imported('empty', { InputFormat: 'CSV' })).toMatchObject({
      ImportStatus: 'FAILED',
      FailureCode: 'S3NoSuchKey',
    });
    await expect(imported('ion', { InputFormat: 'ION' })).rejects.toThrow('InputFormat ION');
    await expect(imported('zstd', { InputFormat: 'CSV', InputCompressionType: 'ZSTD' })).rejects.toThrow('ZSTD');
  });
});
