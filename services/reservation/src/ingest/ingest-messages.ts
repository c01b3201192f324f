import type { ReservationMessage } from '../domain/messages/reservation-message.ts';
import type { ItineraryReport, StoredItinerary } from '../ports.ts';
import { rememberedKeys } from '../vault/remembered-keys.ts';
import { type ArchiveDeps, archiveMessage } from './archive-message.ts';
import { eachOf } from './each-of.ts';
import type { IncomingMessage, IngestOutcome } from './incoming-message.ts';
import { type PutAsideDeps, putAside } from './put-aside.ts';
import { type Mappings, type Reading, readIncoming } from './read-incoming.ts';
import { type StoreDeps, storeMessages } from './store-messages.ts';

export interface IngestDeps extends ArchiveDeps, PutAsideDeps, StoreDeps {
  readonly mappings: Mappings;
  readonly report: ItineraryReport;
}

const AT_ONCE = 16;

/** A message on its way: what was read of it, and the first thing that failed. */
interface Passage {
  readonly incoming: IncomingMessage;
  readonly reading: Reading | undefined;
  isErased: boolean;
  isChanged: boolean;
  error: unknown;
}

/**
 * Takes a batch through: each message archived, its reservations stored and reported; what cannot be read is put aside with
 * its reason. Outcomes in the order of the messages; one that fails holds up no other. Repetition changes nothing.
 */
export async function ingestMessages(
  messages: readonly IncomingMessage[],
  ports: IngestDeps,
): Promise<IngestOutcome[]> {
  const deps = { ...ports, keys: rememberedKeys(ports.keys) };
  const passages = await eachOf(messages, AT_ONCE, (incoming) => begin(incoming, deps));
  const stored = await eachOf([...byConfirmation(passages).values()], AT_ONCE, (group) => store(group, deps));
  await report(stored.flat(), deps.report);
  return passages.map(outcomeOf);
}

/** Reads a message, then archives it or puts it aside. */
async function begin(incoming: IncomingMessage, deps: IngestDeps): Promise<Passage> {
  const passage = { incoming, isErased: false, isChanged: false, error: undefined };
  try {
    const reading = await readIncoming(incoming, deps.mappings);
    if (reading.kind !== 'reservations') {
      await putAside(incoming, reading, deps);
      return { ...passage, reading };
    }
    const archived = await archiveMessage(incoming, reading.reservations, deps);
    return { ...passage, reading, isErased: archived === 'erased' };
  } catch (error) {
    return { ...passage, reading: undefined, error };
  }
}

/** The messages of one reservation in this batch, and whose they are. */
interface Group {
  readonly messages: [ReservationMessage, ...ReservationMessage[]];
  readonly passages: Passage[];
}

function byConfirmation(passages: readonly Passage[]): Map<string, Group> {
  const groups = new Map<string, Group>();
  for (const passage of passages) {
    const reservations = passage.reading?.kind === 'reservations' ? passage.reading.reservations : [];
    for (const message of reservations) {
      const group = groups.get(message.confirmation.value);
      group?.messages.push(message);
      group?.passages.push(passage);
      if (group === undefined) groups.set(message.confirmation.value, { messages: [message], passages: [passage] });
    }
  }
  return groups;
}

type Stored = { readonly row: StoredItinerary; readonly passages: readonly Passage[] };

async function store({ messages, passages }: Group, deps: StoreDeps): Promise<Stored[]> {
  try {
    const { stored, isChanged } = await storeMessages(messages, deps);
    if (isChanged) for (const passage of passages) passage.isChanged = true;
    return [{ row: stored, passages }];
  } catch (error) {
    for (const passage of passages) passage.error ??= error;
    return [];
  }
}

/** All rows in one statement; where that fails, each by itself, so that one bad row fails its own messages alone. */
async function report(stored: readonly Stored[], itineraryReport: ItineraryReport): Promise<void> {
  if (stored.length === 0) return;
  try {
    await itineraryReport.upsert(stored.map(({ row }) => row));
  } catch (error) {
    if (stored.length > 1 && isOfData(error)) {
      for (const one of stored) await report([one], itineraryReport);
      return;
    }
    for (const { passages } of stored) for (const passage of passages) passage.error ??= error;
  }
}

/** The database refused what a row says: everything else would hit each row alike. */
const isOfData = (error: unknown): boolean =>
  error instanceof Error && (error.name === 'DatabaseErrorException' || error.name === 'BadRequestException');

function outcomeOf({ reading, error, isErased, isChanged }: Passage): IngestOutcome {
  if (reading === undefined || error !== undefined) return { kind: 'retry', error };
  if (reading.kind !== 'reservations')
    return { kind: reading.kind, code: reading.code, reservations: 0, setAside: 1, doubts: 0 };
  const doubts = reading.reservations.reduce((sum, message) => sum + message.doubts.length, 0);
  const kind = isErased ? 'erased' : isChanged ? 'stored' : 'unchanged';
  return { kind, reservations: reading.reservations.length, setAside: reading.setAside, doubts };
}
