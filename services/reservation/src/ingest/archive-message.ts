import { gzipSync } from 'node:zlib';
import { maskRawMessage } from '../domain/messages/mask-raw-message.ts';
import type { ReservationMessage } from '../domain/messages/reservation-message.ts';
import type { MessageArchive } from '../ports.ts';
import { archiveKeyFor } from '../vault/archive-key.ts';
import type { VaultDeps } from '../vault/seal-itinerary.ts';
import { contentDigest } from './content-digest.ts';
import type { IncomingMessage } from './incoming-message.ts';

export interface ArchiveDeps extends VaultDeps {
  readonly archive: MessageArchive;
}

/** Archives a raw message without its card numbers, sealed; `erased` where a guest of it was erased after it was written. */
export async function archiveMessage(
  { bytes, receivedAtMs }: IncomingMessage,
  reservations: readonly ReservationMessage[],
  deps: ArchiveDeps,
): Promise<'archived' | 'erased'> {
  const key = await archiveKeyFor(reservations, deps);
  if (key === undefined) return 'erased';
  const digest = await contentDigest(bytes, deps.hash);
  const sealed = await deps.cipher.seal(gzipSync(maskRawMessage(bytes)), { ...key, place: `archive/${digest}` });
  const changedAtMs = Math.max(...reservations.map(({ version }) => version.changedAtMs));
  await deps.archive.put({ digest, receivedAtMs: changedAtMs > 0 ? changedAtMs : receivedAtMs, sealed });
  return 'archived';
}
