import type { LookupKind } from './domain/pii/classification.ts';
import type { SealedItinerary } from './domain/pii/sealed-itinerary.ts';

/** An itinerary as the store has it: guests' fields sealed. */
export interface StoredItinerary {
  readonly itinerary: SealedItinerary;
  /** 1 for the first, one more with each write: what a conditional write compares, and what an entity tag shows. */
  readonly revision: number;
  /** Lookup hashes (hex) of its guests. */
  readonly lookups: readonly string[];
  /** Epoch milliseconds of the last write. */
  readonly updatedAtMs: number;
}

export interface Page<T> {
  readonly items: readonly T[];
  /** Start of the next page; absent on the last. Opaque, and says nothing of a guest. */
  readonly next?: string | undefined;
}

/** Itineraries by confirmation, and by property and day of arrival. */
export interface ItineraryStore {
  /** Strongly consistent. */
  get(confirmation: string): Promise<StoredItinerary | undefined>;
  /** Writes `next.revision` where the store has the revision before it (none for 1); `conflict` where somebody else was faster. */
  put(next: StoredItinerary): Promise<'stored' | 'conflict'>;
  byProperty(query: PropertyQuery): Promise<Page<StoredItinerary>>;
}

export interface PropertyQuery {
  readonly property: string;
  /** First and last day of arrival, `YYYY-MM-DD`, both included. */
  readonly from: string;
  readonly until: string;
  readonly limit: number;
  readonly start?: string | undefined;
}

/** The relational itinerary: reports, and questions by guest. */
export interface ItineraryReport {
  /** Writes rows of newer revisions; older ones and repetitions change nothing. One statement for all. */
  upsert(rows: readonly StoredItinerary[]): Promise<void>;
  /** Confirmations of a guest's reservations by arrival, latest first, in pages. */
  byGuest(query: GuestQuery): Promise<Page<{ readonly confirmation: string; readonly property: string | undefined }>>;
}

export interface GuestQuery {
  /** A lookup hash: see `LookupHash`. */
  readonly lookup: string;
  readonly limit: number;
  readonly start?: string | undefined;
}

/** What is known of a subject's data key. A subject is `guest:<hash>`, `reservation:<confirmation>` or `day:<YYYY-MM-DD>`. */
export type SubjectKey =
  | { readonly kind: 'active'; readonly subject: string; readonly generation: number; readonly key: Uint8Array }
  | {
      readonly kind: 'erased';
      readonly subject: string;
      readonly generation: number;
      readonly erasedAtMs: number;
    };

/** Data keys, one per subject, wrapped by KMS where they are stored and known in plain to the asking process alone. */
export interface SubjectKeys {
  /** The key that seals for a subject now, made where there is none; `erased` where it was erased, until `renew`. */
  obtain(subject: string): Promise<SubjectKey>;
  /** The key of a subject where it has one. */
  find(subject: string): Promise<SubjectKey | undefined>;
  /** A key of the next generation for a subject that was erased and came back as a guest. */
  renew(subject: string, generation: number): Promise<SubjectKey>;
  /** Deletes a subject's wrapped key for good; what remains says when. Undefined where there never was one. */
  erase(
    subject: string,
    erasedAtMs: number,
  ): Promise<{ readonly erasedAtMs: number; readonly generation: number } | undefined>;
}

/** Keyed hash of an identifier as `identifier()` normalises it, 32 hex digits: finds a guest without saying who it is. */
export type LookupHash = (kind: LookupKind | 'content', normalised: string) => Promise<string>;

/** Authenticated encryption of one text with one key. */
export interface Cipher {
  /** Compact, URL-safe text that names the key, and opens in its place only. */
  seal(
    text: string | Uint8Array,
    seal: { readonly key: Uint8Array; readonly keyId: string; readonly place: string },
  ): Promise<string>;
  /** Throws where the text was tampered with, is of another place or key. */
  open(sealed: string, open: { readonly key: Uint8Array; readonly place: string }): Promise<Uint8Array>;
  /** The key that a sealed text names; undefined for other texts. */
  keyIdOf(sealed: string): string | undefined;
}

/** Raw messages, sealed, by a digest that says nothing of their content. The same message twice is one object. */
export interface MessageArchive {
  put(object: ArchivedMessage): Promise<void>;
}

export interface ArchivedMessage {
  /** Keyed hash of the content, 32 hex digits. */
  readonly digest: string;
  /** Epoch milliseconds of its arrival. */
  readonly receivedAtMs: number;
  readonly sealed: string;
}

/** Keeps what could not be processed, and says where. The same letter twice is one. */
export type DeadLetters = (letter: DeadLetter) => Promise<string>;
export interface DeadLetter {
  readonly digest: string;
  readonly receivedAtMs: number;
  /** One of a closed list of codes. */
  readonly code: string;
  /** What is wrong where, in words of ours. */
  readonly reason: string;
  readonly source: Readonly<Record<string, string>>;
  /** The message, sealed with the key of its day. */
  readonly sealed: string;
}

/** What the service depends on, as its traces and faults name it. */
export type Dependency = 'dynamodb' | 'aurora' | 'kms' | 's3' | 'payment';

/** Makes a call of a dependency: traced as `<dependency>: <statement>`, and subject to injected faults. */
export type CallDependency = <T>(
  call: { readonly dependency: Dependency; readonly statement: string },
  work: () => Promise<T>,
) => Promise<T>;
