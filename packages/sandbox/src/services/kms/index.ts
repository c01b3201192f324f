import { jsonService } from '../../core/protocols/json-protocol.ts';
import type { Emulated, ServiceContext } from '../../core/service.ts';
import { aliasOperations } from './alias-operations.ts';
import { cipherOperations, decrypt, encrypt, keyOfBlob } from './cipher-operations.ts';
import { keyOperations } from './key-operations.ts';
import { onKey } from './key-permission.ts';
import { KeyStore } from './key-store.ts';
import type { KmsPeer } from './kms-peer.ts';
import { kmsResources } from './resources.ts';

/** Key Management Service: symmetric keys whose material never leaves the process. */
export function createKms(context: ServiceContext): Emulated<KmsPeer> {
  const keys = new KeyStore(context);
  return {
    peer: {
      encrypt: (keyId, plaintext, encryptionContext = {}) => encrypt(keys.get(keyId), plaintext, encryptionContext),
      decrypt: (ciphertext, encryptionContext = {}) =>
        decrypt(keyOfBlob(keys, { CiphertextBlob: ciphertext.toString('base64') }), ciphertext, encryptionContext),
      permissions: (action, keyId, encryptionContext) => {
        const key = keys.get(keyId);
        return key.manager === 'AWS' ? [] : [onKey(action, key, encryptionContext)];
      },
    },
    service: jsonService({
      signingName: 'kms',
      targetPrefix: 'TrentService',
      version: '1.1',
      operations: { ...keyOperations(keys, context), ...cipherOperations(keys), ...aliasOperations(keys) },
      resources: kmsResources(keys),
    }),
  };
}
