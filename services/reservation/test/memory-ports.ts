import { createHash, randomBytes } from 'node:crypto';
import { jweCipher } from '../src/adapters/jwe-cipher.ts';
import type { IngestDeps } from '../src/ingest/ingest-messages.ts';
import type { ArchivedMessage, DeadLetter, StoredItinerary, SubjectKey } from '../src/ports.ts';

/** What a test does with a call of a port: nothing, or throw before or after it is carried out. */
export type Mischief = (call: string) => 'fine' | 'fails' | 'answer lost';

/** Stores in memory that keep the promises of the ports, with mischief. */
export function memoryPorts(mischief: Mischief = () => 'fine') {
  const itineraries = new Map<string, StoredItinerary>();
  const rows = new Map<string, StoredItinerary>();
  const archived = new Map<string, ArchivedMessage>();
  const letters = new Map<string, DeadLetter>();
  const keys = new Map<string, SubjectKey>();
  const refused = new Set<string>();

  const call = async <T>(name: string, work: () => T): Promise<T> => {
    const fate = mischief(name);
    if (fate === 'fails') throw new Error(`${name} fails`);
    const result = work();
    if (fate === 'answer lost') throw new Error(`${name} is done, and nobody hears of it`);
    return result;
  };
  const create = (subject: string, generation: number): SubjectKey => {
    const key: SubjectKey = { kind: 'active', subject, generation, key: randomBytes(32) };
    keys.set(subject, key);
    return key;
  };
  const deps: IngestDeps = {
    now: () => 0,
    cipher: jweCipher,
    hash: async (kind, text) => createHash('sha256').update(`${kind} ${text}`).digest('hex').slice(0, 32),
    mappings: async () => undefined,
    keys: {
      find: (subject) => call('find key', () => keys.get(subject)),
      obtain: (subject) => call('obtain key', () => keys.get(subject) ?? create(subject, 1)),
      renew: (subject, generation) => call('renew key', () => create(subject, generation)),
      erase: (subject, erasedAtMs) =>
        call('erase key', () => {
          const known = keys.get(subject);
          if (known === undefined) return undefined;
          const erased = { kind: 'erased', subject, generation: known.generation, erasedAtMs } as const;
          keys.set(subject, erased);
          return erased;
        }),
    },
    store: {
      get: (confirmation) => call('get itinerary', () => itineraries.get(confirmation)),
      put: (next) =>
        call('put itinerary', () => {
          const { confirmation } = next.itinerary;
          if ((itineraries.get(confirmation)?.revision ?? 0) !== next.revision - 1) return 'conflict';
          itineraries.set(confirmation, next);
          return 'stored';
        }),
      byProperty: () => Promise.reject(new Error('not asked for')),
    },
    report: {
      upsert: (batch) =>
        call('upsert rows', () => {
          const bad = batch.find(({ itinerary }) => refused.has(itinerary.confirmation));
          if (bad !== undefined) throw new Error('ERROR: date/time field value out of range; SQLState: 22008');
          for (const row of batch) {
            const { confirmation } = row.itinerary;
            if ((rows.get(confirmation)?.revision ?? 0) < row.revision) rows.set(confirmation, row);
          }
        }),
      byGuest: () => Promise.reject(new Error('not asked for')),
    },
    archive: { put: (object) => call('archive', () => void archived.set(object.digest, object)) },
    deadLetters: (letter) =>
      call('put aside', () => {
        letters.set(`${letter.code} ${letter.digest}`, letter);
        return 'kept';
      }),
  };
  return { deps, itineraries, rows, archived, letters, keys, refused };
}
