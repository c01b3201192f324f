-- The relational itinerary. No column holds a guest's field: guests are keyed hashes.
CREATE TABLE itinerary (
  confirmation text PRIMARY KEY,
  revision integer NOT NULL,
  is_cancelled boolean NOT NULL,
  status text,
  property text,
  chain text,
  arrival date,
  departure date,
  total_before_tax numeric,
  total_after_tax numeric,
  currency text,
  source_channel text,
  guest_country text,
  changed_at timestamptz NOT NULL,
  stored_at timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX itinerary_by_property ON itinerary (property, arrival);

CREATE TABLE room_stay (
  confirmation text NOT NULL,
  revision integer NOT NULL,
  ordinal integer NOT NULL,
  room_type text,
  rate_plan text,
  units integer,
  arrival date,
  departure date,
  guests integer,
  total_after_tax numeric,
  currency text,
  PRIMARY KEY (confirmation, revision, ordinal)
);

CREATE TABLE itinerary_guest (
  confirmation text NOT NULL,
  revision integer NOT NULL,
  lookup text NOT NULL,
  arrival date NOT NULL,
  PRIMARY KEY (confirmation, revision, lookup)
);

CREATE INDEX itinerary_guest_by_lookup ON itinerary_guest (lookup, arrival DESC, confirmation DESC);
