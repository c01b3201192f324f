/** What is asked of the payment provider. The number is in memory alone, from the request to the provider. */
export interface PaymentRequest {
  readonly idempotencyKey: string;
  readonly cardNumber: string;
  /** MMYY. */
  readonly expires: string;
  /** A decimal number as text. */
  readonly amount: string;
  /** ISO 4217. */
  readonly currency: string;
}

export type PaymentOutcome =
  | { readonly kind: 'authorised'; readonly authorizationId: string }
  | { readonly kind: 'declined' }
  /** No outcome in time: the same request may be asked again. */
  | { readonly kind: 'unavailable' };

/** One line of the ledger: a keyed hash is all that it knows of a card. */
export interface LedgerEntry {
  readonly authorizationId: string;
  readonly cardToken: string;
  readonly confirmation: string;
  readonly amount: string;
  readonly currency: string;
  readonly outcome: 'authorised' | 'declined';
  readonly decidedAtMs: number;
}

/** How far back the ledger is read. */
export const HISTORY_MS = 86_400_000;
const MOST_DECLINED = 5;
const MOST_AUTHORISED = 40;

/** Whether a card's day allows another attempt: many declines are somebody trying out cards, many bookings somebody selling them. */
export function mayTry(history: readonly LedgerEntry[]): boolean {
  const declined = history.filter(({ outcome }) => outcome === 'declined').length;
  return declined < MOST_DECLINED && history.length - declined < MOST_AUTHORISED;
}
