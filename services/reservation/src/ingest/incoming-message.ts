/** A message as it came, and from where. */
export interface IncomingMessage {
  readonly bytes: Uint8Array;
  /** Epoch milliseconds. */
  readonly receivedAtMs: number;
  /** The legacy source whose mapping reads it; undefined for OpenTravel and HTNG. */
  readonly legacySource?: string | undefined;
  /** Where it is from, for dead letters: names of a stream or bucket, numbers; nothing of its content. */
  readonly origin: Readonly<Record<string, string>>;
}

/** What became of a message. */
export type IngestOutcome =
  | {
      readonly kind: 'stored' | 'unchanged' | 'set-aside' | 'rejected' | 'erased';
      readonly reservations: number;
      readonly setAside: number;
      readonly doubts: number;
      /** Of what was set aside or rejected. */
      readonly code?: string | undefined;
    }
  /** For reasons of ours: it has to come again. */
  | { readonly kind: 'retry'; readonly error: unknown };
