import type { CompiledMapping } from '../domain/mapping/compile-mapping.ts';
import { mapReservations } from '../domain/mapping/map-reservations.ts';
import { type ReadOutcome, readReservationMessages } from '../domain/messages/read-reservation-messages.ts';
import type { ReservationMessage } from '../domain/messages/reservation-message.ts';
import type { IncomingMessage } from './incoming-message.ts';

/** The mapping of a legacy source; undefined where it has none. */
export type Mappings = (source: string) => Promise<CompiledMapping | undefined>;

/** What a message holds: reservations, or the reason why it is put aside. */
export type Reading =
  | { readonly kind: 'reservations'; readonly reservations: readonly ReservationMessage[]; readonly setAside: number }
  | { readonly kind: 'set-aside' | 'rejected'; readonly code: string; readonly reason: string };

/** Reads a message by its source's mapping, or as OpenTravel and HTNG. */
export async function readIncoming({ bytes, legacySource }: IncomingMessage, mappings: Mappings): Promise<Reading> {
  if (legacySource === undefined) return readingOf(readReservationMessages(bytes));
  const mapping = await mappings(legacySource);
  if (mapping !== undefined) return readingOf(mapReservations(mapping, bytes));
  return { kind: 'rejected', code: 'NO_MAPPING', reason: `There is no mapping for source ${legacySource}.` };
}

function readingOf(outcome: ReadOutcome): Reading {
  if (outcome.kind === 'rejected') {
    const { code, reason, line, column } = outcome.fault;
    return { kind: 'rejected', code, reason: `${reason} Line ${line}, column ${column}.` };
  }
  const { reservations, setAside } = outcome;
  if (reservations.length > 0) return { kind: 'reservations', reservations, setAside: setAside.length };
  const codes = setAside.map(({ code }) => code);
  const reasons = setAside.map(({ element, reason }) => `${element}: ${reason}`);
  return { kind: 'set-aside', code: codes[0] ?? 'EMPTY', reason: reasons.join(' ') || 'It holds no reservation.' };
}
