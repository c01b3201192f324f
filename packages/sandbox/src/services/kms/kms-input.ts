import { ApiError } from '../../core/service.ts';
import type { EncryptionContext } from './ciphertext-blob.ts';

/** The only one of the sandbox's KMS. */
export const ALGORITHM = 'SYMMETRIC_DEFAULT';

/** Of operations on one key, by id, ARN or alias. */
export interface KeyInput {
  readonly KeyId: string;
}

/** Pairs of text, or none. */
export function pairs(value: unknown): EncryptionContext {
  const isPairs =
    typeof value === 'object' && value !== null && Object.values(value).every((one) => typeof one === 'string');
  if (value === undefined || value === null) return {};
  if (isPairs) return value as EncryptionContext;
  throw new ApiError('ValidationException', 'EncryptionContext must be pairs of text.');
}

/** Base64 that must be there. */
export function bytes(value: unknown, member: string): Buffer {
  if (typeof value !== 'string' || value === '') throw new ApiError('ValidationException', `${member} is required.`);
  return Buffer.from(value, 'base64');
}
