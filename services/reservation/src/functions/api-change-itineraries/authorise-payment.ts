import type { PaymentLedger, PaymentProvider } from '../../api-ports.ts';
import {
  HISTORY_MS,
  type LedgerEntry,
  mayTry,
  type PaymentOutcome,
  type PaymentRequest,
} from '../../domain/payment.ts';

export interface AuthorisePaymentDeps {
  readonly ledger: PaymentLedger;
  readonly provider: PaymentProvider;
}

export interface BookingPayment extends PaymentRequest {
  readonly cardToken: string;
  readonly confirmation: string;
  readonly nowMs: number;
}

/** The payment step: the card's day in the ledger, the provider's word, and a line in the ledger. Repeated with the same key, it does no more. */
export async function authorisePayment(
  { cardToken, confirmation, nowMs, ...request }: BookingPayment,
  { ledger, provider }: AuthorisePaymentDeps,
): Promise<PaymentOutcome> {
  const history = await ledger.recent(cardToken, nowMs - HISTORY_MS);
  const earlier = history.find((entry) => entry.confirmation === confirmation && entry.outcome === 'authorised');
  if (earlier) return { kind: 'authorised', authorizationId: earlier.authorizationId };
  if (!mayTry(history)) return { kind: 'declined' };
  const outcome = await provider(request);
  if (outcome.kind === 'unavailable') return outcome;
  const { amount, currency, idempotencyKey } = request;
  const entry: LedgerEntry = {
    authorizationId: outcome.kind === 'authorised' ? outcome.authorizationId : `declined-${idempotencyKey}`,
    cardToken,
    confirmation,
    amount,
    currency,
    outcome: outcome.kind,
    decidedAtMs: nowMs,
  };
  await ledger.record(entry);
  return outcome;
}
