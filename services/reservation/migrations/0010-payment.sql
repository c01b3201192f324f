-- The payment ledger: what was authorised and declined. A card is a keyed hash.
CREATE TABLE payment (
  authorization_id text PRIMARY KEY,
  card_token text NOT NULL,
  confirmation text NOT NULL,
  amount numeric NOT NULL,
  currency text NOT NULL,
  outcome text NOT NULL CHECK (outcome IN ('authorised', 'declined')),
  decided_at_ms bigint NOT NULL
);

-- Read by each booking before its payment. Without it the whole ledger is read.
CREATE INDEX payment_by_card ON payment (card_token, decided_at_ms);
