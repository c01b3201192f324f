import { DecryptCommand, GenerateDataKeyCommand, type KMSClient } from '@aws-sdk/client-kms';
import type { CallDependency } from '../ports.ts';
import { openBatchWrapped, readBatchWrapped } from './migration/batch-wrapped-keys.ts';

/** Keys of 256 bits that leave KMS wrapped and in plain; what they are of is authenticated with them. */
export interface DataKeys {
  generate(of: KeyContext): Promise<{ readonly key: Uint8Array; readonly wrapped: Uint8Array }>;
  unwrap(wrapped: Uint8Array, of: KeyContext): Promise<Uint8Array>;
}

interface KeyContext {
  readonly subject: string;
  readonly generation: number;
}

/** Unwrapped keys that an environment remembers, newest use last: a property's rush asks for the same few. */
const REMEMBERED = 2_000;

/** KMS's GenerateDataKey and Decrypt under one key, with the subject as encryption context. */
export function kmsDataKeys(client: KMSClient, KeyId: string, call: CallDependency): DataKeys {
  const remembered = new Map<string, Uint8Array>();
  const remember = (wrapped: Uint8Array, key: Uint8Array): Uint8Array => {
    const oldest = remembered.size < REMEMBERED ? undefined : remembered.keys().next().value;
    if (oldest !== undefined) remembered.delete(oldest);
    remembered.set(nameOf(wrapped), key);
    return key;
  };
  return {
    generate: (of) =>
      call({ dependency: 'kms', statement: 'generate data key' }, async () => {
        const { Plaintext, CiphertextBlob } = await client.send(
          new GenerateDataKeyCommand({ KeyId, KeySpec: 'AES_256', EncryptionContext: contextOf(of) }),
        );
        return { key: remember(CiphertextBlob!, Plaintext!), wrapped: CiphertextBlob! };
      }),
    async unwrap(wrapped, of) {
      // Keys of migrated guests are wrapped by a batch's key, which is wrapped by KMS.
      const batched = readBatchWrapped(wrapped);
      if (batched !== undefined)
        return openBatchWrapped(batched, await this.unwrap(batched.wrappedBatchKey, batched.batch), of);
      const known = remembered.get(nameOf(wrapped));
      if (known !== undefined) return known;
      return call({ dependency: 'kms', statement: 'unwrap data key' }, async () => {
        const EncryptionContext = contextOf(of);
        const { Plaintext } = await client.send(
          new DecryptCommand({ KeyId, CiphertextBlob: wrapped, EncryptionContext }),
        );
        return remember(wrapped, Plaintext!);
      });
    },
  };
}

const nameOf = (wrapped: Uint8Array): string => Buffer.from(wrapped).toString('base64');

/** CloudTrail shows it in plain: a hash, a confirmation or a day, nobody's data. */
const contextOf = ({ subject, generation }: KeyContext): Record<string, string> => ({
  subject,
  generation: String(generation),
});
