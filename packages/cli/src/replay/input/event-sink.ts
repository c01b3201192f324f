import type { RejectionReason } from './replay-source.ts';

/** Where an event comes from, as far as the input says it. */
export interface EventOrigin {
  readonly owner?: string;
  readonly logGroup?: string;
  readonly logStream?: string;
}

/** An event before its gaps are filled: pasted text may know no time. */
export interface RawEvent {
  readonly id?: string;
  /** Epoch milliseconds; absent where the text has no time. */
  readonly timestamp?: number;
  readonly message: string;
}

/** What readers report to. */
export interface EventSink {
  event(origin: EventOrigin, event: RawEvent): void;
  reject(reason: RejectionReason, detail: string, count?: number): void;
}

/** Reads one kind of input, in chunks that may end anywhere: `push` each, then `end` once. */
export interface TextReader {
  push(chunk: string): void;
  end(): void;
}
