import * as z from 'zod';
import { personal, personalText } from '../pii/classification.ts';

const text = z.string().min(1);
/** A calendar day, `YYYY-MM-DD`. */
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
/** A decimal number as text, so that no cent is lost: `-12.50`. */
const amount = z.string().regex(/^-?\d{1,15}(\.\d{1,10})?$/);
const count = z.number().int().min(0).max(9_999);

const reservationIdSchema = z.strictObject({
  value: text,
  /** Code of OpenTravel's list UIT: 14 reservation, 15 cancellation, 10 hotel, 5 travel agency; or a name of the sender's. */
  type: text.optional(),
  /** The system that the id is of. */
  source: text.optional(),
});

const moneySchema = z.strictObject({
  beforeTax: amount.optional(),
  afterTax: amount.optional(),
  /** ISO 4217, upper case. */
  currency: text.optional(),
});

const rateSchema = z.strictObject({ from: day.optional(), until: day.optional(), ...moneySchema.shape });

const guestCountSchema = z.strictObject({
  /** Code of OpenTravel's list AQC: 10 adult, 8 child, 7 infant; or the sender's word. */
  ageCode: text.optional(),
  age: count.optional(),
  count,
});

const roomStaySchema = z.strictObject({
  roomType: text.optional(),
  ratePlan: text.optional(),
  units: count.optional(),
  arrival: day.optional(),
  departure: day.optional(),
  guestCounts: z.array(guestCountSchema),
  total: moneySchema.optional(),
  rates: z.array(rateSchema),
});

const guestSchema = z.strictObject({
  isPrimary: z.boolean(),
  title: personalText('direct').optional(),
  givenName: personalText('direct', 'name').optional(),
  middleName: personalText('direct').optional(),
  surname: personalText('direct', 'name').optional(),
  email: personalText('contact', 'email').optional(),
  phones: z.array(personalText('contact', 'phone')),
  address: z
    .strictObject({
      lines: z.array(personalText('contact')),
      city: personalText('contact').optional(),
      postalCode: personalText('contact').optional(),
      state: personalText('contact').optional(),
      /** In plain: says no more than where guests come from. */
      country: text.optional(),
    })
    .optional(),
  loyalty: z.array(z.strictObject({ program: text.optional(), number: personalText('loyalty', 'loyalty') })),
});

const cardSchema = z.strictObject({
  /** The network, such as VI or MC. */
  code: text.optional(),
  /** All that is ever known of the number. */
  lastFour: personal(z.string().regex(/^\d{4}$/), 'payment').optional(),
  /** As sent, such as 1228. */
  expires: personalText('payment').optional(),
});

const propertySchema = z.strictObject({
  hotelCode: text.optional(),
  chainCode: text.optional(),
  brandCode: text.optional(),
  name: text.optional(),
});

/**
 * What orders the messages of one reservation, whatever order they arrive in: the newest change first by time, then by
 * the sender's sequence number, then create before modify before cancel, then by a digest of the content.
 */
export const versionSchema = z.strictObject({
  /** Milliseconds of the epoch; 0 where a message says no time. */
  changedAtMs: z.number().int().min(0),
  sequence: z.number().int().min(0),
  rank: z.number().int().min(0).max(2),
  digest: z.string().regex(/^[0-9a-f]{16}$/),
});

/** One reservation of one message, in the words of the domain. Fields of the sender that are no such values are named in `doubts`. */
export const reservationMessageSchema = z.strictObject({
  kind: z.enum(['create', 'modify', 'cancel']),
  /** The root element of the message, or the mapping's source and version. */
  origin: text,
  /** The id that the itinerary is known by. */
  confirmation: reservationIdSchema,
  ids: z.array(reservationIdSchema),
  property: propertySchema,
  messageId: text.optional(),
  echoToken: text.optional(),
  /** When the message was sent, as it says. */
  sentAt: text.optional(),
  /** The sender's word. */
  status: text.optional(),
  version: versionSchema,
  arrival: day.optional(),
  departure: day.optional(),
  /** Of all room stays, where the message says so. */
  total: moneySchema.optional(),
  roomStays: z.array(roomStaySchema),
  guests: z.array(guestSchema),
  card: cardSchema.optional(),
  specialRequests: z.array(z.strictObject({ code: text.optional(), text: personalText('free-text').optional() })),
  comments: z.array(personalText('free-text')),
  sourceChannel: text.optional(),
  /** Names of values that were left out because they are not of their kind; never the values. */
  doubts: z.array(text),
});

export type ReservationMessage = z.infer<typeof reservationMessageSchema>;
export type ReservationId = z.infer<typeof reservationIdSchema>;
export type RoomStay = z.infer<typeof roomStaySchema>;
export type Guest = z.infer<typeof guestSchema>;
export type Money = z.infer<typeof moneySchema>;
export type MessageVersion = z.infer<typeof versionSchema>;
/** A message before its version is known. */
export type ReservationDraft = Omit<ReservationMessage, 'version'>;
