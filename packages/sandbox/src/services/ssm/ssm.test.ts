import {
  DeleteParameterCommand,
  DeleteParametersCommand,
  GetParameterCommand,
  GetParametersByPathCommand,
  GetParametersCommand,
  PutParameterCommand,
  paginateGetParametersByPath,
  SSMClient,
} from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { clientOfRole } from '../../testing/client-of-role.ts';
import { startTestSandbox, type TestSandbox } from '../../testing/start-test-sandbox.ts';

let started: TestSandbox;
let ssm: SSMClient;

beforeAll(async () => {
  started = await startTestSandbox({ services: ['ssm', 'kms'] });
  ssm = started.sandbox.client(SSMClient);
});
afterAll(() => started.stop());

const put = (Name: string, Value: string, rest: Partial<PutParameterCommand['input']> = {}) =>
  ssm.send(new PutParameterCommand({ Name, Value, Type: 'String', ...rest }));
const read = async (Name: string, WithDecryption = false) =>
  (await ssm.send(new GetParameterCommand({ Name, WithDecryption }))).Parameter?.Value;

test('a parameter is put, read, overwritten in a new version and deleted', async () => {
  await put('/life/a', 'one');
  await expect(put('/life/a', 'two')).rejects.toMatchObject({ name: 'ParameterAlreadyExists' });
  expect(await put('/life/a', 'two', { Overwrite: true })).toMatchObject({ Version: 2, Tier: 'Standard' });
  const { Parameter } = await ssm.send(new GetParameterCommand({ Name: '/life/a' }));
  expect(Parameter).toMatchObject({
    Value: 'two',
    Version: 2,
    ARN: 'arn:aws:ssm:us-east-1:123456789012:parameter/life/a',
    LastModifiedDate: new Date(started.clock.now()),
  });
  await ssm.send(new DeleteParameterCommand({ Name: '/life/a' }));
  await expect(read('/life/a')).rejects.toMatchObject({ name: 'ParameterNotFound' });
  await expect(ssm.send(new DeleteParameterCommand({ Name: '/life/a' }))).rejects.toMatchObject({
    name: 'ParameterNotFound',
  });
});

test('several at once: the found, and the names of the rest', async () => {
  await put('/many/a', '1');
  await put('/many/b', '2');
  const found = await ssm.send(new GetParametersCommand({ Names: ['/many/a', '/many/x', '/many/b'] }));
  expect(found.Parameters?.map(({ Value }) => Value)).toEqual(['1', '2']);
  expect(found.InvalidParameters).toEqual(['/many/x']);
  const deleted = await ssm.send(new DeleteParametersCommand({ Names: ['/many/a', '/many/x'] }));
  expect(deleted).toMatchObject({ DeletedParameters: ['/many/a'], InvalidParameters: ['/many/x'] });
});

test('by path, one level or all below, in pages', async () => {
  for (let i = 0; i < 23; i++) await put(`/tree/${String(i).padStart(2, '0')}`, `${i}`);
  await put('/tree/00/deep', 'deep');
  await put('/treetop', 'no');
  const pages: (string | undefined)[][] = [];
  for await (const page of paginateGetParametersByPath({ client: ssm }, { Path: '/tree/' })) {
    pages.push((page.Parameters ?? []).map(({ Value }) => Value));
  }
  expect(pages.map((page) => page.length)).toEqual([10, 10, 3]);
  expect(pages.flat()).toEqual(Array.from({ length: 23 }, (_, i) => `${i}`));
  const all = await ssm.send(new GetParametersByPathCommand({ Path: '/tree', Recursive: true, MaxResults: 2 }));
  expect(all.Parameters?.map(({ Name }) => Name)).toEqual(['/tree/00', '/tree/00/deep']);
});

test('a SecureString is stored encrypted, and read in the clear only when asked', async () => {
  await put('/secure/a', 'open sesame', { Type: 'SecureString' });
  expect(await read('/secure/a')).not.toContain('sesame');
  expect(await read('/secure/a', true)).toBe('open sesame');
});

describe('what is refused', () => {
  test.each<[string, Partial<PutParameterCommand['input']>, string]>([
    ['a name with a blank', { Name: '/a b' }, 'ValidationException'],
    ['too many levels', { Name: '/a'.repeat(16) }, 'ValidationException'],
    ['a value beyond 4 KB', { Value: 'x'.repeat(4097) }, 'ValidationException'],
    ['no value', { Value: '' }, 'ValidationException'],
    ['no type', { Type: undefined as never }, 'ValidationException'],
    ['another type', { Type: 'Blob' as never }, 'ValidationException'],
    ['a key that is not there', { Type: 'SecureString', KeyId: 'alias/absent' }, 'NotFoundException'],
  ])('%s', async (_, input, name) => {
    await expect(put('/refused', 'x', input)).rejects.toMatchObject({ name });
  });
});

describe('the role decides', () => {
  const ARN = 'arn:aws:ssm:us-east-1:123456789012:parameter';

  test('parameter by parameter, and in AWS’s words', async () => {
    await put('/role/mine', 'yes');
    await put('/role/other', 'no');
    const client = await clientOfRole(started.sandbox, SSMClient, [
      { Effect: 'Allow', Action: 'ssm:GetParameter', Resource: `${ARN}/role/mine` },
    ]);
    const { Parameter } = await client.send(new GetParameterCommand({ Name: '/role/mine' }));
    expect(Parameter?.Value).toBe('yes');
    await expect(client.send(new GetParameterCommand({ Name: '/role/other' }))).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: expect.stringMatching(
        /^User: arn:aws:sts::123456789012:assumed-role\/test-role-\d+\/test is not authorized to perform: ssm:GetParameter on resource: arn:aws:ssm:us-east-1:123456789012:parameter\/role\/other because no identity-based policy allows the ssm:GetParameter action$/,
      ),
    });
  });

  test('and of the key that a SecureString names', async () => {
    const stack = await started.sandbox.deployTemplate({
      stackName: 'ssm-key',
      template: { Resources: { Key: { Type: 'AWS::KMS::Key' } } },
    });
    const KeyId = stack.resources.Key!.physicalId;
    await put('/role/sealed', 'x', { Type: 'SecureString', KeyId });
    const mayRead = { Effect: 'Allow', Action: 'ssm:GetParameter', Resource: `${ARN}/role/*` } as const;
    const mayDecrypt = {
      Effect: 'Allow',
      Action: 'kms:Decrypt',
      Resource: stack.resources.Key!.attributes.Arn!,
    } as const;
    const read = new GetParameterCommand({ Name: '/role/sealed', WithDecryption: true });
    const reader = await clientOfRole(started.sandbox, SSMClient, [mayRead]);
    await expect(reader.send(read)).rejects.toThrow('kms:Decrypt');
    const keyHolder = await clientOfRole(started.sandbox, SSMClient, [mayRead, mayDecrypt]);
    expect((await keyHolder.send(read)).Parameter?.Value).toBe('x');
  });
});

test('a stack makes parameters, changes them in place, and resolves them', async () => {
  const deploy = (Value: string, extra = {}) =>
    started.sandbox.deployTemplate({
      stackName: 'params',
      template: {
        Resources: {
          A: { Type: 'AWS::SSM::Parameter', Properties: { Name: '/stack/a', Type: 'String', Value } },
          ...extra,
        },
      },
    });
  await deploy('one');
  await deploy('two', {
    B: {
      Type: 'AWS::SSM::Parameter',
      Properties: { Type: 'String', Value: 'b={{resolve:ssm:/stack/a}}' },
      DependsOn: 'A',
    },
  });
  expect(await read('/stack/a')).toBe('two');
  const made = started.sandbox.stack('params').resources.B!;
  expect(made.physicalId).toMatch(/^params-B-[A-Za-z0-9]{12}$/);
  expect(await read(made.physicalId)).toBe('b=two');
  await started.sandbox.remove('params');
  await expect(read('/stack/a')).rejects.toMatchObject({ name: 'ParameterNotFound' });
});
