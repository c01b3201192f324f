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
const UNREPORTED = 'NOT_REPORTED';

/** A message on its way: what was read of it, and the first thing that failed. */
interface Passage {
  readonly incoming: IncomingMessage;
  readonly reading: Reading | undefined;
  isErased: boolean;
  /** Why it is not in the report. */
  code: string | undefined;
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
  await report(stored.flat(), deps);
  return passages.map(outcomeOf);
}

/** Reads a message, then archives it or puts it aside. */
async function begin(incoming: IncomingMessage, deps: IngestDeps): Promise<Passage> {
  const passage = { incoming, isErased: false, isChanged: false, code: undefined, error: undefined };
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

/** All rows in one statement; where that fails for what one of them says, each by itself, so that it holds up no other. */
async function report(stored: readonly Stored[], deps: IngestDeps): Promise<void> {
  if (stored.length === 0) return;
  try {
    await deps.report.upsert(stored.map(({ row }) => row));
  } catch (error) {
    await reportSingly(stored, error, deps);
  }
}

async function reportSingly(stored: readonly Stored[], error: unknown, deps: IngestDeps): Promise<void> {
  const [only, ...others] = stored;
  const state = stateOfData(error);
  if (state === undefined) for (const { passages } of stored) for (const passage of passages) passage.error ??= error;
  else if (others.length === 0) await putAsideUnreported(only!.passages, state, deps);
  else for (const one of stored) await report([one], deps);
}

/** The itinerary is stored, and its row cannot be: told once, and not tried for ever. */
async function putAsideUnreported(passages: readonly Passage[], state: string, deps: IngestDeps): Promise<void> {
  const reason = `The database refused a value of the reservation (SQLSTATE ${state}); the itinerary is stored.`;
  for (const passage of passages) {
    try {
      await putAside(passage.incoming, { code: UNREPORTED, reason }, deps);
      passage.code = UNREPORTED;
    } catch (error) {
      passage.error ??= error;
    }
  }
}

/** SQLSTATE of class 22 (data) or 23 (constraints): what a row says is refused, now and later. Anything else would hit each row alike. */
const stateOfData = (error: unknown): string | undefined =>
  error instanceof Error ? /SQLState: (2[23][0-9A-Z]{3})/.exec(error.message)?.[1] : undefined;

function outcomeOf({ reading, error, isErased, isChanged, code }: Passage): IngestOutcome {
  if (reading === undefined || error !== undefined) return { kind: 'retry', error };
  if (reading.kind !== 'reservations')
    return { kind: reading.kind, code: reading.code, reservations: 0, setAside: 1, doubts: 0 };
  const doubts = reading.reservations.reduce((sum, message) => sum + message.doubts.length, 0);
  const kind = isErased ? 'erased' : isChanged ? 'stored' : 'unchanged';
  return { kind, code, reservations: reading.reservations.length, setAside: reading.setAside, doubts };
}
