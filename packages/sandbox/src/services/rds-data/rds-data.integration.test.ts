import {
  BatchExecuteStatementCommand,
  BeginTransactionCommand,
  CommitTransactionCommand,
  ExecuteStatementCommand,
  type ExecuteStatementCommandInput,
  RDSDataClient,
  RollbackTransactionCommand,
  type SqlParameter,
} from '@aws-sdk/client-rds-data';
import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { clientOfRole } from '../../testing/client-of-role.ts';
import { startTestSandbox, type TestSandbox } from '../../testing/start-test-sandbox.ts';
import { deployCluster } from '../rds/testing/reservation-cluster.ts';

let started: TestSandbox;
let client: RDSDataClient;
let target: { readonly resourceArn: string; readonly secretArn: string };
beforeAll(async () => {
  started = await startTestSandbox({
    services: ['secretsmanager', 'rds', 'rds-data', 'kms'],
    settings: { rds: { resumeMs: 0 } },
  });
  ({ target } = await deployCluster(started.sandbox));
  client = started.sandbox.client(RDSDataClient, { maxAttempts: 1 });
  await run('create table lamps (id uuid primary key, room int not null, made timestamptz default now())');
});
afterAll(() => started.stop());
afterEach(() => started.sandbox.faults.clear());

const run = (sql: string, parameters: SqlParameter[] = [], more: Partial<ExecuteStatementCommandInput> = {}) =>
  client.send(new ExecuteStatementCommand({ ...target, sql, parameters, ...more }));
const begin = async () => (await client.send(new BeginTransactionCommand(target))).transactionId!;
const commit = (transactionId: string) => client.send(new CommitTransactionCommand({ ...target, transactionId }));
const rollback = (transactionId: string) => client.send(new RollbackTransactionCommand({ ...target, transactionId }));
const countOf = async (room: number) =>
  (await run('select count(*) from lamps where room = :room', [{ name: 'room', value: { longValue: room } }]))
    .records?.[0]?.[0]?.longValue;
const insert = (room: number, more: Partial<ExecuteStatementCommandInput> = {}) =>
  run(
    'insert into lamps (id, room) values (gen_random_uuid(), :room)',
    [{ name: 'room', value: { longValue: room } }],
    more,
  );

describe('ExecuteStatement', () => {
  test('takes named parameters of every kind, and gives each type as its field', async () => {
    const { records, columnMetadata, numberOfRecordsUpdated } = await run(
      `select :flag as flag, :whole as whole, :part as part, :words as words, :bytes as bytes, :none as none, :exact as exact,
              array[1,null,3] as list, array['a "b"','c,d'] as texts, '{{1},{2}}'::int[] as grid, ':no' as quoted, '7'::text as cast`,
      [
        { name: 'flag', value: { booleanValue: true } },
        { name: 'whole', value: { longValue: 9_007_199_254_740_991 } },
        { name: 'part', value: { doubleValue: 0.5 } },
        { name: 'words', value: { stringValue: "it's" } },
        { name: 'bytes', value: { blobValue: Uint8Array.of(0, 255) } },
        { name: 'none', value: { isNull: true } },
        { name: 'exact', typeHint: 'DECIMAL', value: { stringValue: '12.30' } },
      ],
      { includeResultMetadata: true },
    );

    expect(numberOfRecordsUpdated).toBe(0);
    expect(records).toEqual([
      [
        { booleanValue: true },
        { longValue: 9_007_199_254_740_991 },
        { doubleValue: 0.5 },
        { stringValue: "it's" },
        { blobValue: Uint8Array.of(0, 255) },
        { isNull: true },
        { stringValue: '12.30' },
        { arrayValue: { longValues: [1, null, 3] } },
        { arrayValue: { stringValues: ['a "b"', 'c,d'] } },
        { arrayValue: { arrayValues: [{ longValues: [1] }, { longValues: [2] }] } },
        { stringValue: ':no' },
        { stringValue: '7' },
      ],
    ]);
    expect(columnMetadata?.map(({ name, typeName }) => [name, typeName]).slice(0, 3)).toEqual([
      ['flag', 'bool'],
      ['whole', 'int8'],
      ['part', 'float8'],
    ]);
  });

  test('counts what it changed, and needs a hint where a column is not text', async () => {
    const id = { name: 'id', value: { stringValue: '5f0c2b1e-9a44-4a5e-8a7c-6f1d2c3b4a59' } };
    const sql = 'insert into lamps (id, room) values (:id, 1)';

    await expect(run(sql, [id])).rejects.toMatchObject({
      name: 'DatabaseErrorException',
      message: expect.stringMatching(
        /^ERROR: column "id" is of type uuid but expression is of type text; Hint: .*SQLState: 42804$/,
      ),
    });
    expect((await run(sql, [{ ...id, typeHint: 'UUID' }])).numberOfRecordsUpdated).toBe(1);
    await expect(run(sql, [{ ...id, typeHint: 'UUID' }])).rejects.toThrow(/Detail: Key \(id\)=.*SQLState: 23505$/);
  });

  test('gives records as JSON, times in UTC without an offset', async () => {
    const { formattedRecords } = await run(
      `select 1 as n, 1.50::numeric as price, true as lit, null as none, array['a'] as list, '{"a":1}'::jsonb as doc,
              '2026-01-02 03:04:05+02'::timestamptz as at`,
      [],
      { formatRecordsAs: 'JSON' },
    );

    expect(JSON.parse(formattedRecords!)).toEqual([
      { n: 1, price: '1.50', lit: true, none: null, list: ['a'], doc: '{"a": 1}', at: '2026-01-02 01:04:05' },
    ]);
  });

  test.each([
    ['select * from nowhere', 'ERROR: relation "nowhere" does not exist; Position: 15; SQLState: 42P01'],
    ['select 1; select 2', 'SQLState: 42601'],
    ['select :absent', 'Cannot find parameter: absent'],
    ['select repeat(chr(97), 70000)', 'Database returned more than the allowed response size limit'],
    [
      "select repeat('a', 60000) from generate_series(1, 20)",
      'Database returned more than the allowed response size limit',
    ],
  ])('refuses %s', async (sql, message) => {
    await expect(run(sql)).rejects.toThrow(message);
  });

  test('refuses arrays as parameters, as AWS does', async () => {
    await expect(run('select :a', [{ name: 'a', value: { arrayValue: { longValues: [1] } } }])).rejects.toMatchObject({
      name: 'ValidationException',
    });
  });

  test('explains, indexes concurrently, and counts statements once the extension is created', async () => {
    await expect(run('select calls from pg_stat_statements')).rejects.toThrow('42P01');
    await run('create extension pg_stat_statements');
    expect((await run('explain select * from lamps where room = 1')).records?.[0]?.[0]?.stringValue).toMatch(/Scan/);
    await run('create index concurrently lamps_by_room on lamps (room)');

    const { records } = await run("select calls from pg_stat_statements where query like 'create index concurrently%'");

    expect(records?.[0]?.[0]).toEqual({ longValue: 1 });
  });
});

describe('transactions', () => {
  test('commit and roll back', async () => {
    const kept = await begin();
    await insert(10, { transactionId: kept });
    expect(await commit(kept)).toMatchObject({ transactionStatus: 'Transaction Committed' });
    const dropped = await begin();
    await insert(10, { transactionId: dropped });
    expect(await rollback(dropped)).toMatchObject({ transactionStatus: 'Rollback Complete' });

    expect(await countOf(10)).toBe(1);
    await expect(commit(kept)).rejects.toMatchObject({ name: 'TransactionNotFoundException' });
  });

  test('make others wait, one after the other', async () => {
    const order: string[] = [];
    const first = await begin();
    const second = begin().then(async (id) => {
      order.push('second begins');
      await insert(11, { transactionId: id });
      await commit(id);
    });
    const alone = insert(11).then(() => order.push('alone'));
    await insert(11, { transactionId: first });
    order.push('first ends');
    await commit(first);

    await Promise.all([second, alone]);

    expect(order[0]).toBe('first ends');
    expect(await countOf(11)).toBe(3);
  });

  test('are rolled back after three minutes without a call, which lets the next one in', async () => {
    const forgotten = await begin();
    await insert(12, { transactionId: forgotten });
    await started.clock.advance(170_000);
    await insert(12, { transactionId: forgotten });
    const waiting = countOf(12);

    await started.clock.advance(180_000, { whileBusy: true });

    expect(await waiting).toBe(0);
    await expect(insert(12, { transactionId: forgotten })).rejects.toMatchObject({
      name: 'TransactionNotFoundException',
    });
  });

  test('fail as a whole once a statement failed', async () => {
    const id = await begin();
    await expect(run('select 1/0', [], { transactionId: id })).rejects.toThrow('SQLState: 22012');
    await expect(run('select 1', [], { transactionId: id })).rejects.toThrow('SQLState: 25P02');

    await expect(commit(id)).rejects.toThrow('SQLState: 25P02');
    expect((await run('select 1')).records).toEqual([[{ longValue: 1 }]]);
  });
});

test('a batch is carried out as a whole or not at all', async () => {
  const batch = (rooms: (number | undefined)[]) =>
    client.send(
      new BatchExecuteStatementCommand({
        ...target,
        sql: 'insert into lamps (id, room) values (gen_random_uuid(), :room)',
        parameterSets: rooms.map((room) => [
          { name: 'room', value: room === undefined ? { isNull: true } : { longValue: room } },
        ]),
      }),
    );

  expect((await batch([20, 20, 20])).updateResults).toHaveLength(3);
  await expect(batch([20, undefined])).rejects.toThrow('SQLState: 23502');

  expect(await countOf(20)).toBe(3);
});

describe('who may in', () => {
  test('a user that SQL created acts with his own rights', async () => {
    await run("create role guest login password 'Swordfish-1'");
    await run('grant usage on schema public to guest');
    const secrets = started.sandbox.client(SecretsManagerClient);
    const secretOf = async (Name: string, password: string) =>
      (
        await secrets.send(
          new CreateSecretCommand({ Name, SecretString: JSON.stringify({ username: 'guest', password }) }),
        )
      ).ARN!;
    const right = await secretOf('guest', 'Swordfish-1');

    expect((await run('select current_user::text', [], { secretArn: right })).records).toEqual([
      [{ stringValue: 'guest' }],
    ]);
    await expect(run('select * from lamps', [], { secretArn: right })).rejects.toThrow('SQLState: 42501');
    await expect(run('select 1', [], { secretArn: await secretOf('wrong', 'no') })).rejects.toThrow(
      'FATAL: password authentication failed for user "guest"; SQLState: 28P01',
    );
    expect((await run('select current_user::text')).records).toEqual([[{ stringValue: 'lamp' }]]);
  });

  test('a role needs leave for the cluster and for the secret', async () => {
    const allow = (Action: string, Resource: string) => ({ Effect: 'Allow' as const, Action, Resource });
    const onCluster = allow('rds-data:ExecuteStatement', target.resourceArn);
    const half = await clientOfRole(started.sandbox, RDSDataClient, [onCluster]);
    const whole = await clientOfRole(started.sandbox, RDSDataClient, [
      onCluster,
      allow('secretsmanager:GetSecretValue', target.secretArn),
    ]);
    const command = new ExecuteStatementCommand({ ...target, sql: 'select 1' });

    await expect(half.send(command)).rejects.toThrow('secretsmanager:GetSecretValue');
    expect((await whole.send(command)).records).toEqual([[{ longValue: 1 }]]);
  });

  test.each([
    [{ resourceArn: 'arn:aws:rds:us-east-1:123456789012:cluster:none' }, 'HttpEndpointNotEnabledException'],
    [{ resourceArn: 'arn:aws:rds:eu-west-1:999999999999:cluster:reservation' }, 'ForbiddenException'],
    [{ secretArn: 'arn:aws:secretsmanager:us-east-1:123456789012:secret:none-123456' }, 'SecretsErrorException'],
    [{ database: 'elsewhere' }, 'DatabaseErrorException'],
    [{ schema: 'public' }, 'BadRequestException'],
  ])('%j is refused with %s', async (more, name) => {
    await expect(run('select 1', [], more)).rejects.toMatchObject({ name });
  });
});

test('too many connections are refused, as a fault and at the limit of the parameter group', async () => {
  const id = await begin();
  const waiting = Array.from({ length: 7 }, () => run('select 1'));
  await expect(Promise.all([...waiting, run('select 1')])).rejects.toThrow('SQLState: 53300');
  await rollback(id);
  await Promise.allSettled(waiting);

  started.sandbox.faults.inject({
    service: 'rds-data',
    times: 1,
    effect: { kind: 'error', code: 'DatabaseErrorException', message: 'FATAL: too many clients; SQLState: 53300' },
  });
  await expect(run('select 1')).rejects.toThrow('FATAL: too many clients; SQLState: 53300');
  expect((await run('select 1')).records).toEqual([[{ longValue: 1 }]]);
});
