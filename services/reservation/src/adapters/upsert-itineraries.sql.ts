/**
 * Writes many itineraries in one statement, which is atomic without a transaction. A row changes for a newer revision only.
 * What belongs to it carries its revision, so that old and new never meet in one key and readers join by revision.
 */
export const UPSERT_ITINERARIES = `
WITH incoming AS (
  SELECT * FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS r(
    confirmation text, revision integer, is_cancelled boolean, status text, property text, chain text, arrival date,
    departure date, total_before_tax numeric, total_after_tax numeric, currency text, source_channel text,
    guest_country text, changed_at timestamptz, lookups jsonb, room_stays jsonb)
), written AS (
  INSERT INTO itinerary AS i (confirmation, revision, is_cancelled, status, property, chain, arrival, departure,
    total_before_tax, total_after_tax, currency, source_channel, guest_country, changed_at)
  SELECT confirmation, revision, is_cancelled, status, property, chain, arrival, departure, total_before_tax,
    total_after_tax, currency, source_channel, guest_country, changed_at FROM incoming
  ON CONFLICT (confirmation) DO UPDATE SET revision = EXCLUDED.revision, is_cancelled = EXCLUDED.is_cancelled,
    status = EXCLUDED.status, property = EXCLUDED.property, chain = EXCLUDED.chain, arrival = EXCLUDED.arrival,
    departure = EXCLUDED.departure, total_before_tax = EXCLUDED.total_before_tax,
    total_after_tax = EXCLUDED.total_after_tax, currency = EXCLUDED.currency,
    source_channel = EXCLUDED.source_channel, guest_country = EXCLUDED.guest_country,
    changed_at = EXCLUDED.changed_at, stored_at = now()
  WHERE i.revision < EXCLUDED.revision
  RETURNING confirmation, revision
), current AS (
  SELECT incoming.* FROM incoming JOIN written USING (confirmation, revision)
), stays AS (
  INSERT INTO room_stay (confirmation, revision, ordinal, room_type, rate_plan, units, arrival, departure, guests,
    total_after_tax, currency)
  SELECT confirmation, revision, s.ordinal, s.room_type, s.rate_plan, s.units, s.arrival, s.departure, s.guests,
    s.total_after_tax, s.currency
  FROM current, jsonb_to_recordset(room_stays) AS s(ordinal integer, room_type text, rate_plan text, units integer,
    arrival date, departure date, guests integer, total_after_tax numeric, currency text)
  ON CONFLICT DO NOTHING
), guests AS (
  INSERT INTO itinerary_guest (confirmation, revision, lookup, arrival)
  SELECT confirmation, revision, lookup, COALESCE(arrival, DATE '0001-01-01')
  FROM current, jsonb_array_elements_text(lookups) AS lookup
  ON CONFLICT DO NOTHING
), old_stays AS (
  DELETE FROM room_stay USING written
  WHERE room_stay.confirmation = written.confirmation AND room_stay.revision < written.revision
), old_guests AS (
  DELETE FROM itinerary_guest USING written
  WHERE itinerary_guest.confirmation = written.confirmation AND itinerary_guest.revision < written.revision
)
SELECT count(*) AS written FROM written`;
