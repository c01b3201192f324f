import type { Receipt } from './domain/api/answer-schemas.ts';
import type { Scope } from './domain/auth/caller.ts';
import type { LedgerEntry, PaymentOutcome, PaymentRequest } from './domain/payment.ts';

/** A third party of the web API, as somebody entered it. */
export interface Partner {
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly properties: readonly string[];
}

/** The partner that an IAM identity (ARN of a role or user) belongs to. */
export type PartnerDirectory = (arn: string) => Promise<Partner | undefined>;

/** A change that a caller asked for under an Idempotency-Key. */
export interface ChangeRequest {
  /** Keyed hash of caller and key. */
  readonly id: string;
  /** Keyed hash of all that was asked. */
  readonly fingerprint: string;
  readonly nowMs: number;
}

/** What is kept of a change that came to an end, and answered again. It names no guest. */
export type ChangeOutcome =
  | { readonly kind: 'receipt'; readonly status: number; readonly receipt: Receipt }
  | { readonly kind: 'declined' };

export type ChangeBeginning =
  /** `startedAtMs` is that of the first attempt: what crashed goes on as what it was. */
  | { readonly kind: 'begun'; readonly startedAtMs: number }
  | { readonly kind: 'in-progress' }
  | { readonly kind: 'another-request' }
  | { readonly kind: 'ended'; readonly outcome: ChangeOutcome };

/** Changes by their Idempotency-Key, for a day. */
export interface ChangeRegister {
  begin(request: ChangeRequest): Promise<ChangeBeginning>;
  end(request: ChangeRequest, outcome: ChangeOutcome): Promise<void>;
  /** Lets the key be used again for the same request at once: nothing came of this attempt. */
  release(request: ChangeRequest): Promise<void>;
}

/** Asks the provider; the same idempotency key has the same outcome. Never throws for what a provider may do. */
export type PaymentProvider = (request: PaymentRequest) => Promise<PaymentOutcome>;

/** What was authorised and declined before, by card token. */
export interface PaymentLedger {
  recent(cardToken: string, sinceMs: number): Promise<readonly LedgerEntry[]>;
  /** The same authorisation is written once. */
  record(entry: LedgerEntry): Promise<void>;
}

/** Keys of the API's own, one for each purpose. */
export interface ApiKeys {
  /** 32 bytes: seals cursors. */
  readonly cursor: Uint8Array;
  /** Names changes and their content. */
  readonly change: Uint8Array;
  /** Names cards in the ledger. */
  readonly card: Uint8Array;
}
