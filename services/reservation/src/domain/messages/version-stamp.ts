import type { MessageVersion, ReservationDraft, ReservationMessage } from './reservation-message.ts';

const RANKS = { create: 0, modify: 1, cancel: 2 } as const;

/** A draft with its version: from what the message says of its time and sequence, and from its content. */
export function stampMessage(
  draft: ReservationDraft,
  order: { readonly changedAtMs: number | undefined; readonly sequence: number | undefined },
): ReservationMessage {
  const version: MessageVersion = {
    changedAtMs: order.changedAtMs ?? 0,
    sequence: order.sequence ?? 0,
    rank: RANKS[draft.kind],
    digest: digestOf(JSON.stringify(draft)),
  };
  return { ...draft, version };
}

/** Below zero where `one` is older. A total order: only versions of equal content are equal. */
export function compareVersions(one: MessageVersion, other: MessageVersion): number {
  return (
    one.changedAtMs - other.changedAtMs ||
    one.sequence - other.sequence ||
    one.rank - other.rank ||
    (one.digest < other.digest ? -1 : Number(one.digest > other.digest))
  );
}

const FNV_OFFSET = 0xcbf29ce484222325n;
const FNV_PRIME = 0x100000001b3n;

/** FNV-1a with 64 bits over UTF-16 units: to break ties alike everywhere, not to protect anything. */
export function digestOf(content: string): string {
  let hash = FNV_OFFSET;
  for (let index = 0; index < content.length; index += 1)
    hash = BigInt.asUintN(64, (hash ^ BigInt(content.charCodeAt(index))) * FNV_PRIME);
  return hash.toString(16).padStart(16, '0');
}
