import type { PaymentLedger } from '../api-ports.ts';
import type { LedgerEntry } from '../domain/payment.ts';
import type { DataApi } from './data-api.ts';

/** A card's day. Served by the index `payment_by_card`; without it, the whole ledger is read for every booking. */
const RECENT = `
SELECT authorization_id, card_token, confirmation, amount::text AS amount, currency, outcome, decided_at_ms
FROM payment WHERE card_token = :cardToken AND decided_at_ms >= :sinceMs
ORDER BY decided_at_ms DESC LIMIT 100`;

const RECORD = `
INSERT INTO payment (authorization_id, card_token, confirmation, amount, currency, outcome, decided_at_ms)
VALUES (:authorizationId, :cardToken, :confirmation, CAST(:amount AS numeric), :currency, :outcome, :decidedAtMs)
ON CONFLICT (authorization_id) DO NOTHING`;

/** The payment ledger in Aurora, through the Data API. */
export function auroraPaymentLedger(database: DataApi): PaymentLedger {
  return {
    async recent(cardToken, sinceMs) {
      const rows = await database.run('payments of card', RECENT, { cardToken, sinceMs });
      return rows.map(
        (row): LedgerEntry => ({
          authorizationId: String(row.authorization_id),
          cardToken: String(row.card_token),
          confirmation: String(row.confirmation),
          amount: String(row.amount),
          currency: String(row.currency),
          outcome: row.outcome === 'authorised' ? 'authorised' : 'declined',
          decidedAtMs: Number(row.decided_at_ms),
        }),
      );
    },
    async record(entry) {
      await database.run('record payment', RECORD, { ...entry });
    },
  };
}
