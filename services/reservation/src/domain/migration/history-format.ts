import * as z from 'zod';

const column = z.string().min(1).max(100);

/** Columns of a row, by the field of the domain that they hold. */
const columnsSchema = z.strictObject({
  confirmation: column,
  /** When this version of the reservation was written: ISO 8601, UTC where it names no zone. */
  changedAt: column,
  /** The warehouse's own count of versions, where it has one. */
  sequence: column.optional(),
  status: column,
  hotelCode: column,
  chainCode: column.optional(),
  arrival: column,
  departure: column,
  roomType: column.optional(),
  ratePlan: column.optional(),
  rooms: column.optional(),
  adults: column.optional(),
  children: column.optional(),
  beforeTax: column.optional(),
  afterTax: column.optional(),
  currency: column.optional(),
  title: column.optional(),
  givenName: column.optional(),
  surname: column.optional(),
  email: column.optional(),
  phone: column.optional(),
  country: column.optional(),
  loyaltyNumber: column.optional(),
  cardCode: column.optional(),
  cardNumber: column.optional(),
  comments: column.optional(),
  sourceChannel: column.optional(),
});

/**
 * How a warehouse writes its history: gzip files of one row a line, as CSV (RFC 4180, but that a row ends with its line, so
 * that a broken row costs no other) or as JSON. The document is data, versioned, and part of a migration's plan.
 */
export const historyFormatSchema = z.strictObject({
  format: z.string().regex(/^[a-z][a-z0-9-]{1,62}$/, 'must be lower case letters, digits and hyphens'),
  version: z.number().int().min(1),
  title: z.string().min(1).max(200),
  rows: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('csv'), delimiter: z.enum([',', ';', '|', '\t']) }),
    z.strictObject({ kind: z.literal('jsonl') }),
  ]),
  columns: columnsSchema,
  /** The warehouse's word of a status, and what it is to us. A word that is not listed makes a row be rejected. */
  kinds: z.record(z.string(), z.enum(['create', 'modify', 'cancel'])),
  /** Longest line in bytes; a longer one is rejected unread. */
  longestLineBytes: z.number().int().min(100).max(1_000_000),
});

export type HistoryFormat = z.infer<typeof historyFormatSchema>;
export type HistoryField = keyof HistoryFormat['columns'];

export type ParsedFormat =
  | { readonly kind: 'format'; readonly format: HistoryFormat }
  | { readonly kind: 'invalid'; readonly problems: readonly string[] };

/** Checks a format's document, given as parsed JSON; problems are a line each. */
export function parseHistoryFormat(document: unknown): ParsedFormat {
  const parsed = historyFormatSchema.safeParse(document);
  if (parsed.success) return { kind: 'format', format: parsed.data };
  const problems = parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'the format'}: ${message}`);
  return { kind: 'invalid', problems };
}
