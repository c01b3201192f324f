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

const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;
/** Another start, so that the two halves are independent enough. */
const OTHER_OFFSET = 0x9747b28c;
const OTHER_PRIME = 0x85ebca6b;

/** Two hashes of 32 bits in the way of FNV-1a, over UTF-16 units: to break ties alike everywhere, not to protect anything. */
export function digestOf(content: string): string {
  let first = FNV_OFFSET;
  let second = OTHER_OFFSET;
  for (let index = 0; index < content.length; index += 1) {
    const code = content.charCodeAt(index);
    first = Math.imul(first ^ code, FNV_PRIME);
    second = Math.imul(second ^ code ^ (second >>> 13), OTHER_PRIME);
  }
  return hex(first) + hex(second);
}

const hex = (word: number): string => (word >>> 0).toString(16).padStart(8, '0');
