import {
  CreateAliasCommand,
  CreateKeyCommand,
  DecryptCommand,
  DescribeKeyCommand,
  DisableKeyCommand,
  EncryptCommand,
  GenerateDataKeyCommand,
  GenerateDataKeyWithoutPlaintextCommand,
  KMSClient,
  ListAliasesCommand,
  ScheduleKeyDeletionCommand,
} from '@aws-sdk/client-kms';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { clientOfRole } from '../../testing/client-of-role.ts';
import { startTestSandbox, type TestSandbox } from '../../testing/start-test-sandbox.ts';

let started: TestSandbox;
let kms: KMSClient;

beforeAll(async () => {
  started = await startTestSandbox({ services: ['kms'] });
  kms = started.sandbox.client(KMSClient);
});
afterAll(() => started.stop());

const newKey = async (input: { Policy?: string } = {}) => (await kms.send(new CreateKeyCommand(input))).KeyMetadata!;
const seal = async (KeyId: string, text: string, EncryptionContext?: Record<string, string>) =>
  (
    await kms.send(
      new EncryptCommand({ KeyId, Plaintext: Buffer.from(text), ...(EncryptionContext ? { EncryptionContext } : {}) }),
    )
  ).CiphertextBlob!;
const open = async (CiphertextBlob: Uint8Array, rest: object = {}) =>
  Buffer.from((await kms.send(new DecryptCommand({ CiphertextBlob, ...rest }))).Plaintext!).toString();

test('what is encrypted under a key by id, ARN or alias is decrypted without naming it', async () => {
  const { KeyId, Arn } = await newKey();
  await kms.send(new CreateAliasCommand({ AliasName: 'alias/orders', TargetKeyId: KeyId! }));
  for (const name of [KeyId!, Arn!, 'alias/orders', 'arn:aws:kms:us-east-1:123456789012:alias/orders']) {
    expect(await open(await seal(name, 'secret'))).toBe('secret');
  }
  const { Aliases } = await kms.send(new ListAliasesCommand({}));
  expect(Aliases).toContainEqual(expect.objectContaining({ AliasName: 'alias/orders', TargetKeyId: KeyId }));
});

test('the encryption context is bound, in whatever order it is given', async () => {
  const { KeyId } = await newKey();
  const blob = await seal(KeyId!, 'secret', { a: '1', b: '2' });
  expect(await open(blob, { EncryptionContext: { b: '2', a: '1' } })).toBe('secret');
  for (const EncryptionContext of [{ a: '1' }, { a: '1', b: '3' }, { a: '1', b: '2', c: '' }]) {
    await expect(open(blob, { EncryptionContext })).rejects.toMatchObject({ name: 'InvalidCiphertextException' });
  }
});

test('the same text is never the same blob', async () => {
  const { KeyId } = await newKey();
  expect(Buffer.from(await seal(KeyId!, 'x')).equals(Buffer.from(await seal(KeyId!, 'x')))).toBe(false);
});

describe('a blob is refused', () => {
  test('with any byte changed, cut short, or of somebody else', async () => {
    const { KeyId } = await newKey();
    const blob = Buffer.from(await seal(KeyId!, 'secret'));
    for (let i = 0; i < blob.length; i += 7) {
      const changed = Buffer.from(blob);
      changed[i]! ^= 0x40;
      await expect(open(changed)).rejects.toMatchObject({ name: 'InvalidCiphertextException' });
    }
    for (const broken of [blob.subarray(0, -1), blob.subarray(0, 40), Buffer.from('hello'), Buffer.alloc(200)]) {
      await expect(open(broken)).rejects.toMatchObject({ name: 'InvalidCiphertextException' });
    }
  });

  test('under another key than the caller names', async () => {
    const [one, two] = [await newKey(), await newKey()];
    await expect(open(await seal(one.KeyId!, 'x'), { KeyId: two.KeyId })).rejects.toMatchObject({
      name: 'IncorrectKeyException',
    });
  });

  test('with the name of another key put into it', async () => {
    const [one, two] = [await newKey(), await newKey()];
    const blob = Buffer.from(await seal(one.KeyId!, 'x'));
    blob.write(two.KeyId!, 1, 'latin1');
    await expect(open(blob)).rejects.toMatchObject({ name: 'InvalidCiphertextException' });
  });
});

test('a data key is given in the clear and sealed, or sealed alone', async () => {
  const { KeyId } = await newKey();
  const both = await kms.send(new GenerateDataKeyCommand({ KeyId, KeySpec: 'AES_256' }));
  expect(both.Plaintext).toHaveLength(32);
  const opened = await kms.send(new DecryptCommand({ CiphertextBlob: both.CiphertextBlob }));
  expect(opened.Plaintext).toEqual(both.Plaintext);
  const sealed = await kms.send(new GenerateDataKeyWithoutPlaintextCommand({ KeyId, NumberOfBytes: 16 }));
  expect(sealed).not.toHaveProperty('Plaintext');
  expect((await kms.send(new DecryptCommand({ CiphertextBlob: sealed.CiphertextBlob }))).Plaintext).toHaveLength(16);
});

test('a disabled key, and one that waits for deletion, cannot be used', async () => {
  const [disabled, dying] = [await newKey(), await newKey()];
  const blob = await seal(disabled.KeyId!, 'x');
  await kms.send(new DisableKeyCommand({ KeyId: disabled.KeyId }));
  await expect(open(blob)).rejects.toMatchObject({ name: 'DisabledException' });
  const { DeletionDate } = await kms.send(
    new ScheduleKeyDeletionCommand({ KeyId: dying.KeyId, PendingWindowInDays: 7 }),
  );
  expect(DeletionDate).toEqual(new Date(started.clock.now() + 7 * 86_400_000));
  await expect(seal(dying.KeyId!, 'x')).rejects.toMatchObject({ name: 'KMSInvalidStateException' });
  const { KeyMetadata } = await kms.send(new DescribeKeyCommand({ KeyId: dying.KeyId }));
  expect(KeyMetadata?.KeyState).toBe('PendingDeletion');
});

test.each([
  [new EncryptCommand({ KeyId: 'alias/absent', Plaintext: Buffer.from('x') }), 'NotFoundException'],
  [new EncryptCommand({ KeyId: 'alias/aws/ssm', Plaintext: Buffer.alloc(4097) }), 'ValidationException'],
  [new CreateAliasCommand({ AliasName: 'alias/aws/mine', TargetKeyId: 'alias/aws/ssm' }), 'ValidationException'],
  [new CreateKeyCommand({ KeySpec: 'RSA_2048' }), 'UnsupportedOperationException'],
  [
    new CreateKeyCommand({ Policy: '{"Statement":[{"Effect":"Maybe","Action":"kms:*"}]}' }),
    'MalformedPolicyDocumentException',
  ],
])('%# is refused', async (command, name) => {
  await expect(kms.send(command as EncryptCommand)).rejects.toMatchObject({ name });
});

describe('who may use a key', () => {
  const policy = (Principal: unknown) =>
    JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal, Action: 'kms:*', Resource: '*' }],
    });
  const ROOT = { AWS: 'arn:aws:iam::123456789012:root' };
  const MAY_ENCRYPT = [{ Effect: 'Allow', Action: 'kms:Encrypt', Resource: '*' }] as const;
  const encryptAs = async (statements: Parameters<typeof clientOfRole>[2], Policy: string) => {
    const { KeyId } = await newKey({ Policy });
    const client = await clientOfRole(started.sandbox, KMSClient, statements);
    return client.send(new EncryptCommand({ KeyId, Plaintext: Buffer.from('x') }));
  };

  test('a role whose policy allows it, where the key leaves it to the account', async () => {
    await expect(encryptAs(MAY_ENCRYPT, policy(ROOT))).resolves.toHaveProperty('CiphertextBlob');
  });

  test('not a role whose policy does not', async () => {
    await expect(encryptAs([], policy(ROOT))).rejects.toThrow('no identity-based policy allows the kms:Encrypt action');
  });

  test('not a role whose policy does, where the key does not know the account', async () => {
    const events = policy({ Service: 'events.amazonaws.com' });
    await expect(encryptAs(MAY_ENCRYPT, events)).rejects.toThrow(
      'no resource-based policy allows the kms:Encrypt action',
    );
  });

  test('conditions see the encryption context', async () => {
    const { KeyId } = await newKey();
    const client = await clientOfRole(started.sandbox, KMSClient, [
      {
        Effect: 'Allow',
        Action: 'kms:Encrypt',
        Resource: '*',
        Condition: { StringEquals: { 'kms:EncryptionContext:app': 'lamp' } },
      },
    ]);
    const encrypt = (app: string) =>
      client.send(new EncryptCommand({ KeyId, Plaintext: Buffer.from('x'), EncryptionContext: { app } }));
    await expect(encrypt('lamp')).resolves.toHaveProperty('CiphertextBlob');
    await expect(encrypt('other')).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });
});

test('a stack makes keys and aliases, and schedules their deletion', async () => {
  const stack = await started.sandbox.deployTemplate({
    stackName: 'keys',
    template: {
      Resources: {
        Key: { Type: 'AWS::KMS::Key', Properties: { Description: 'lamps', EnableKeyRotation: true } },
        Alias: { Type: 'AWS::KMS::Alias', Properties: { AliasName: 'alias/lamps', TargetKeyId: { Ref: 'Key' } } },
      },
    },
  });
  const { KeyMetadata } = await kms.send(new DescribeKeyCommand({ KeyId: 'alias/lamps' }));
  expect(KeyMetadata).toMatchObject({ Arn: stack.resources.Key?.attributes.Arn, Description: 'lamps' });
  await started.sandbox.remove('keys');
  const after = await kms.send(new DescribeKeyCommand({ KeyId: stack.resources.Key!.physicalId }));
  expect(after.KeyMetadata?.KeyState).toBe('PendingDeletion');
});
