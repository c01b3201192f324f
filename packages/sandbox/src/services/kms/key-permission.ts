import type { RequiredPermission } from '../../core/service.ts';
import type { EncryptionContext } from './ciphertext-blob.ts';
import type { Key } from './key-store.ts';

/** KMS asks the key's policy first, and the caller's own where that leaves it to the account. */
export function onKey(action: string, key: Key, encryptionContext: EncryptionContext = {}): RequiredPermission {
  return {
    action: `kms:${action}`,
    resource: key.arn,
    resourcePolicy: key.policy,
    resourcePolicyMustAgree: true,
    context: {
      'kms:EncryptionContextKeys': Object.keys(encryptionContext),
      ...Object.fromEntries(
        Object.entries(encryptionContext).map(([name, value]) => [`kms:EncryptionContext:${name}`, value]),
      ),
    },
  };
}
