import { gzipSync } from 'node:zlib';
import { maskRawMessage } from '../domain/messages/mask-raw-message.ts';
import type { DeadLetters } from '../ports.ts';
import { ServiceError } from '../runtime/service-error.ts';
import { keyIdOf } from '../vault/key-id.ts';
import type { VaultDeps } from '../vault/seal-itinerary.ts';
import { contentDigest } from './content-digest.ts';
import type { IncomingMessage } from './incoming-message.ts';

export interface PutAsideDeps extends VaultDeps {
  readonly deadLetters: DeadLetters;
}

/** Keeps a message that nobody can read, with its reason: sealed with the key of its day, since whose it is nobody knows. */
export async function putAside(
  { bytes, receivedAtMs, origin }: IncomingMessage,
  { code, reason }: { readonly code: string; readonly reason: string },
  deps: PutAsideDeps,
): Promise<void> {
  const day = await deps.keys.obtain(`day:${new Date(receivedAtMs).toISOString().slice(0, 10)}`);
  if (day.kind === 'erased') throw new ServiceError('DAY_ERASED', `The key of ${day.subject} was erased.`);
  const digest = await contentDigest(bytes, deps.hash);
  const sealed = await deps.cipher.seal(gzipSync(maskRawMessage(bytes)), {
    key: day.key,
    keyId: keyIdOf(day),
    place: `dead-letter/${digest}`,
  });
  await deps.deadLetters({ digest, receivedAtMs, code, reason, source: origin, sealed });
}
