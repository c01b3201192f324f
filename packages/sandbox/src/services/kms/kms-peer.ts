import type { RequiredPermission } from '../../core/service.ts';

export interface KmsPeer {
  /** Encrypts under a key named by id, ARN or `alias/…`; the result names its key, as a KMS ciphertext blob does. */
  encrypt(keyId: string, plaintext: Buffer, encryptionContext?: Readonly<Record<string, string>>): Buffer;
  /** Throws `InvalidCiphertextException` where blob or encryption context are not those that were encrypted. */
  decrypt(ciphertext: Buffer, encryptionContext?: Readonly<Record<string, string>>): Buffer;
  /**
   * What a caller needs so that a service may use a key for him (`Decrypt` for a SecureString): to be added to the permissions of his call.
   * None for an AWS managed key, whose policy lets everybody in the account use it through its service.
   */
  permissions(
    action: string,
    keyId: string,
    encryptionContext?: Readonly<Record<string, string>>,
  ): readonly RequiredPermission[];
}
