import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { DescribeMapRunCommand, ListExecutionsCommand, ListMapRunsCommand } from '@aws-sdk/client-sfn';
import { afterAll, describe, expect, test } from '@jest/globals';
import { deployStates, echoArn } from '../testing/deployed-states.ts';

const { sandbox, sfn, create, start, inspect, run, stop } = await deployStates();
afterAll(stop);

describe('a distributed map', () => {
  const s3 = () => sandbox.client(S3Client, { forcePathStyle: true });
  const put = (Key: string, Body: string) => s3().send(new PutObjectCommand({ Bucket: 'items', Key, Body }));
  const read = async (Key: string) =>
    (await s3().send(new GetObjectCommand({ Bucket: 'items', Key }))).Body?.transformToString() ?? '';
  const map = (state: object, item: object = { Type: 'Pass', End: true }) => ({
    Map: {
      Type: 'Map',
      ItemProcessor: {
        ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
        StartAt: 'Item',
        States: { Item: item },
      },
      End: true,
      ...state,
    },
  });
  const reader = (Key: string, ReaderConfig: object) => ({
    ItemReader: { Resource: 'arn:aws:states:::s3:getObject', Parameters: { Bucket: 'items', Key }, ReaderConfig },
  });

  test('of 1,000 items in batches calls the function for each batch, and writes the results', async () => {
    await put('thousand.jsonl', Array.from({ length: 1_000 }, (_, n) => JSON.stringify({ n })).join('\n'));
    const executionArn = await start(
      await create(
        map(
          {
            ...reader('thousand.jsonl', { InputType: 'JSONL' }),
            ItemBatcher: { MaxItemsPerBatch: 40, BatchInput: { 'run.$': '$.run' } },
            MaxConcurrency: 5,
            ResultWriter: {
              Resource: 'arn:aws:states:::s3:putObject',
              Parameters: { Bucket: 'items', Prefix: 'results' },
            },
          },
          {
            Type: 'Task',
            Resource: echoArn,
            ResultSelector: { 'count.$': 'States.ArrayLength($.echoed.Items)', 'run.$': '$.echoed.BatchInput.run' },
            End: true,
          },
        ),
      ),
      { run: 7 },
    );
    await sandbox.idle();
    const { status, output = '' } = await inspect(executionArn);
    expect(status).toBe('SUCCEEDED');
    const { MapRunArn, ResultWriterDetails } = JSON.parse(output);
    const manifest = JSON.parse(await read(ResultWriterDetails.Key));
    expect(manifest).toMatchObject({ DestinationBucket: 'items', MapRunArn, ResultFiles: { FAILED: [], PENDING: [] } });
    const results = JSON.parse(await read(manifest.ResultFiles.SUCCEEDED[0].Key)) as { Output: string }[];
    expect(results.map(({ Output }) => Output)).toEqual(Array.from({ length: 25 }, () => '{"count":40,"run":7}'));
    const { mapRuns = [] } = await sfn.send(new ListMapRunsCommand({ executionArn }));
    expect(mapRuns.map(({ mapRunArn }) => mapRunArn)).toEqual([MapRunArn]);
    expect(await sfn.send(new DescribeMapRunCommand({ mapRunArn: MapRunArn }))).toMatchObject({
      status: 'SUCCEEDED',
      itemCounts: { total: 1_000, succeeded: 1_000, failed: 0 },
      executionCounts: { total: 25, succeeded: 25, resultsWritten: 25 },
    });
    const { executions = [] } = await sfn.send(new ListExecutionsCommand({ mapRunArn: MapRunArn }));
    expect(executions).toHaveLength(25);
  });

  test('of 1,000 items runs an execution for each', async () => {
    const items = Array.from({ length: 1_000 }, (_, n) => n);
    const { status, output = '' } = await run(map({ ItemSelector: { 'n.$': '$$.Map.Item.Value' } }), items);
    expect(status).toBe('SUCCEEDED');
    expect(JSON.parse(output)).toEqual(items.map((n) => ({ n })));
  });

  test.each<[string, string, object, unknown]>([
    [
      'CSV with headers',
      'a,b\n1,"x,y"\n',
      { InputType: 'CSV', CSVHeaderLocation: 'FIRST_ROW' },
      [{ a: '1', b: 'x,y' }],
    ],
    [
      'CSV with given headers',
      '1;2\n3;4\n',
      { InputType: 'CSV', CSVHeaderLocation: 'GIVEN', CSVHeaders: ['p', 'q'], CSVDelimiter: 'SEMICOLON', MaxItems: 1 },
      [{ p: '1', q: '2' }],
    ],
    ['JSON', '[1,2]', { InputType: 'JSON' }, [1, 2]],
    ['a part of JSON', '{"a":{"b":[{"c":1}]}}', { InputType: 'JSON', ItemsPointer: '/a/b' }, [{ c: 1 }]],
  ])('reads %s', async (name, body, config, expected) => {
    const key = `read/${name}`;
    await put(key, body);
    expect(JSON.parse((await run(map(reader(key, config)))).output ?? '')).toEqual(expected);
  });

  test('reads an inventory, and lists a bucket', async () => {
    await put('inventory/1.csv', '"items","a.txt","3"\n"items","b.txt","4"\n');
    await put(
      'inventory/manifest.json',
      JSON.stringify({
        destinationBucket: 'arn:aws:s3:::items',
        fileFormat: 'CSV',
        fileSchema: 'Bucket, Key, Size',
        files: [{ key: 'inventory/1.csv' }],
      }),
    );
    const inventory = await run(
      map(reader('inventory/manifest.json', { InputType: 'MANIFEST', ManifestType: 'S3_INVENTORY' })),
    );
    expect(JSON.parse(inventory.output ?? '')).toEqual([
      { Bucket: 'items', Key: 'a.txt', Size: '3' },
      { Bucket: 'items', Key: 'b.txt', Size: '4' },
    ]);
    const listing = await run(
      map({
        ItemReader: {
          Resource: 'arn:aws:states:::s3:listObjectsV2',
          Parameters: { Bucket: 'items', Prefix: 'inventory/' },
        },
      }),
    );
    expect(JSON.parse(listing.output ?? '')).toMatchObject([
      { Key: 'inventory/1.csv', Size: 40 },
      { Key: 'inventory/manifest.json' },
    ]);
    expect(await run(map(reader('not-there', { InputType: 'JSON' })))).toMatchObject({
      status: 'FAILED',
      error: 'States.ItemReaderFailed',
    });
  });

  const odd = { Type: 'Task', Resource: echoArn, Parameters: { 'even.$': '$' }, End: true };
  test('fails over its tolerance, and not before', async () => {
    const within = await run(
      map(
        { ToleratedFailureCount: 2, ResultWriter: { WriterConfig: { Transformation: 'COMPACT', OutputType: 'JSON' } } },
        odd,
      ),
      [0, 1, 2, 3],
    );
    expect(within.status).toBe('SUCCEEDED');
    expect(JSON.parse(within.output ?? '')).toMatchObject([
      { echoed: { even: 0 } },
      { Status: 'FAILED', Error: 'Error' },
      { echoed: { even: 2 } },
      { Status: 'FAILED' },
    ]);
    const over = await run(map({ ToleratedFailureCount: 1, MaxConcurrency: 1 }, odd), [0, 1, 2, 3, 4, 5]);
    expect(over).toMatchObject({ status: 'FAILED', error: 'States.ExceedToleratedFailureThreshold' });
    const { mapRuns = [] } = await sfn.send(new ListMapRunsCommand({ executionArn: over.executionArn }));
    expect(await sfn.send(new DescribeMapRunCommand({ mapRunArn: mapRuns[0]?.mapRunArn }))).toMatchObject({
      status: 'FAILED',
      itemCounts: { total: 6, failed: 2, succeeded: 2, pending: 2 },
    });
    expect(await run(map({ ToleratedFailurePercentage: 50 }, odd), [0, 1, 2, 3])).toMatchObject({
      status: 'SUCCEEDED',
    });
    expect(await run(map({}, odd), [0, 1])).toMatchObject({ status: 'FAILED' });
  });
});
