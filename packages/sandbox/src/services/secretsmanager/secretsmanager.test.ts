import {
  CreateSecretCommand,
  DeleteSecretCommand,
  DescribeSecretCommand,
  GetRandomPasswordCommand,
  GetSecretValueCommand,
  ListSecretsCommand,
  PutSecretValueCommand,
  RestoreSecretCommand,
  RotateSecretCommand,
  SecretsManagerClient,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateSecretCommand,
} from '@aws-sdk/client-secrets-manager';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { clientOfRole } from '../../testing/client-of-role.ts';
import { startTestSandbox, type TestSandbox } from '../../testing/start-test-sandbox.ts';

let started: TestSandbox;
let client: SecretsManagerClient;
beforeAll(async () => {
  started = await startTestSandbox({ services: ['secretsmanager', 'ssm', 'kms', 'rds'] });
  client = started.sandbox.client(SecretsManagerClient, { maxAttempts: 1 });
});
afterAll(() => started.stop());

const textOf = async (SecretId: string, more: object = {}) =>
  (await client.send(new GetSecretValueCommand({ SecretId, ...more }))).SecretString;

describe('a secret', () => {
  test('is created, read by name, ARN and ARN without suffix, and listed', async () => {
    const { ARN } = await client.send(
      new CreateSecretCommand({ Name: 'app/key', SecretString: 'one', Tags: [{ Key: 'team', Value: 'light' }] }),
    );

    expect(ARN).toMatch(/^arn:aws:secretsmanager:us-east-1:123456789012:secret:app\/key-[A-Za-z0-9]{6}$/);
    expect([await textOf('app/key'), await textOf(ARN!), await textOf(ARN!.slice(0, -7))]).toEqual([
      'one',
      'one',
      'one',
    ]);
    const { SecretList } = await client.send(new ListSecretsCommand({ Filters: [{ Key: 'name', Values: ['app/'] }] }));
    expect(SecretList).toMatchObject([{ Name: 'app/key', Tags: [{ Key: 'team', Value: 'light' }] }]);
    await expect(client.send(new CreateSecretCommand({ Name: 'app/key' }))).rejects.toMatchObject({
      name: 'ResourceExistsException',
    });
  });

  test('keeps the version before the current one', async () => {
    await client.send(new PutSecretValueCommand({ SecretId: 'app/key', SecretString: 'two' }));
    await client.send(new UpdateSecretCommand({ SecretId: 'app/key', SecretString: 'three', Description: 'lamp' }));

    expect(await textOf('app/key')).toBe('three');
    expect(await textOf('app/key', { VersionStage: 'AWSPREVIOUS' })).toBe('two');
    const described = await client.send(new DescribeSecretCommand({ SecretId: 'app/key' }));
    expect(described.Description).toBe('lamp');
    expect(Object.values(described.VersionIdsToStages!).toSorted()).toEqual([['AWSCURRENT'], ['AWSPREVIOUS']]);
  });

  test('takes the same token twice only with the same value', async () => {
    const put = (SecretString: string) =>
      client.send(
        new PutSecretValueCommand({
          SecretId: 'app/key',
          SecretString,
          ClientRequestToken: '11111111-2222-3333-4444-555555555555',
        }),
      );
    const first = await put('four');

    expect((await put('four')).VersionId).toBe(first.VersionId);
    await expect(put('five')).rejects.toMatchObject({ name: 'InvalidParameterException' });
  });

  test('holds bytes', async () => {
    const SecretBinary = Uint8Array.of(0, 255, 7);
    await client.send(new CreateSecretCommand({ Name: 'bytes', SecretBinary }));

    const read = await client.send(new GetSecretValueCommand({ SecretId: 'bytes' }));

    expect([read.SecretBinary, read.SecretString]).toEqual([SecretBinary, undefined]);
  });

  test('is tagged', async () => {
    await client.send(
      new TagResourceCommand({
        SecretId: 'bytes',
        Tags: [
          { Key: 'a', Value: '1' },
          { Key: 'b', Value: '2' },
        ],
      }),
    );
    await client.send(new UntagResourceCommand({ SecretId: 'bytes', TagKeys: ['a'] }));

    expect((await client.send(new DescribeSecretCommand({ SecretId: 'bytes' }))).Tags).toEqual([
      { Key: 'b', Value: '2' },
    ]);
  });

  test('can be restored for thirty days after its deletion, then is gone', async () => {
    await client.send(new DeleteSecretCommand({ SecretId: 'bytes' }));
    await expect(textOf('bytes')).rejects.toMatchObject({ name: 'InvalidRequestException' });
    await client.send(new RestoreSecretCommand({ SecretId: 'bytes' }));
    await client.send(new DeleteSecretCommand({ SecretId: 'bytes', RecoveryWindowInDays: 7 }));
    await started.clock.advance(7 * 86_400_000);

    await expect(client.send(new RestoreSecretCommand({ SecretId: 'bytes' }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });

  test('under a key of its own needs leave for the key', async () => {
    const stack = await started.sandbox.deployTemplate({
      stackName: 'keyed',
      template: {
        Resources: {
          Key: {
            Type: 'AWS::KMS::Key',
            Properties: {
              KeyPolicy: {
                Statement: [{ Effect: 'Allow', Principal: { AWS: '*' }, Action: 'kms:*', Resource: '*' }],
              },
            },
          },
          Secret: { Type: 'AWS::SecretsManager::Secret', Properties: { Name: 'keyed', KmsKeyId: { Ref: 'Key' } } },
        },
      },
    });
    const Resource = stack.resources.Secret!.physicalId;
    const deny = { Effect: 'Deny' as const, Action: 'kms:Decrypt', Resource: '*' };
    const allow = { Effect: 'Allow' as const, Action: 'secretsmanager:GetSecretValue', Resource };
    const reader = await clientOfRole(started.sandbox, SecretsManagerClient, [allow, deny]);

    await expect(reader.send(new GetSecretValueCommand({ SecretId: 'keyed' }))).rejects.toThrow('kms:Decrypt');
  });

  test('of no name, and an operation that is not there, are errors', async () => {
    await expect(textOf('none')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    await expect(client.send(new RotateSecretCommand({ SecretId: 'app/key' }))).rejects.toThrow('RotateSecret');
  });
});

describe('a random password', () => {
  test('has one of each included type, and nothing excluded', async () => {
    const { RandomPassword } = await client.send(
      new GetRandomPasswordCommand({ PasswordLength: 4, ExcludeCharacters: 'abc"@/\\', IncludeSpace: false }),
    );

    expect(RandomPassword).toHaveLength(4);
    for (const type of [/[d-z]/, /[A-Z]/, /\d/, /[^A-Za-z\d\s]/]) expect(RandomPassword).toMatch(type);
    expect(RandomPassword).not.toMatch(/[abc"@/\\]/);
  });

  test('that cannot hold each type is refused', async () => {
    await expect(client.send(new GetRandomPasswordCommand({ PasswordLength: 3 }))).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
  });
});

describe('a stack', () => {
  const template = (length: number) => ({
    Resources: {
      Secret: {
        Type: 'AWS::SecretsManager::Secret',
        Properties: {
          Name: 'database',
          GenerateSecretString: {
            SecretStringTemplate: '{"username":"lamp"}',
            GenerateStringKey: 'password',
            PasswordLength: length,
            ExcludePunctuation: true,
          },
        },
      },
      Cluster: {
        Type: 'AWS::RDS::DBCluster',
        Properties: {
          DBClusterIdentifier: 'attached',
          Engine: 'aurora-postgresql',
          DatabaseName: 'hotel',
          MasterUsername: { 'Fn::Sub': '{{resolve:secretsmanager:${Secret}:SecretString:username}}' },
          MasterUserPassword: { 'Fn::Sub': '{{resolve:secretsmanager:${Secret}:SecretString:password}}' },
          ServerlessV2ScalingConfiguration: { MinCapacity: 0, MaxCapacity: 1 },
        },
      },
      Attachment: {
        Type: 'AWS::SecretsManager::SecretTargetAttachment',
        Properties: {
          SecretId: { Ref: 'Secret' },
          TargetId: { Ref: 'Cluster' },
          TargetType: 'AWS::RDS::DBCluster',
        },
      },
      Parameter: {
        Type: 'AWS::SSM::Parameter',
        Properties: {
          Type: 'String',
          Value: { 'Fn::Sub': '{{resolve:secretsmanager:${Secret}:SecretString:username}}' },
        },
      },
    },
  });

  test('generates a password, resolves references to it, and attaches the database', async () => {
    const stack = await started.sandbox.deployTemplate({ stackName: 'db', template: template(20) });

    expect(JSON.parse((await textOf('database'))!)).toEqual({
      username: 'lamp',
      password: expect.stringMatching(/^[A-Za-z0-9]{20}$/),
      engine: 'postgres',
      host: expect.stringContaining('attached.cluster-'),
      port: 5432,
      dbname: 'hotel',
      dbClusterIdentifier: 'attached',
    });
    expect(stack.resources.Parameter?.attributes.Value).toBe('lamp');
  });

  test('keeps the password while its rules are the same', async () => {
    const before = await textOf('database');
    await started.sandbox.deployTemplate({ stackName: 'db', template: template(20) });

    expect(await textOf('database')).toBe(before);
  });

  test('names a rule that is not emulated', async () => {
    const Secret = { Type: 'AWS::SecretsManager::Secret', Properties: { GenerateSecretString: { Entropy: 9 } } };
    await expect(
      started.sandbox.deployTemplate({ stackName: 'odd', template: { Resources: { Secret } } }),
    ).rejects.toThrow('Entropy');
  });
});
