import * as z from 'zod';
import { propertyCodeSchema } from '../auth/caller.ts';

/** Control characters are in no name and no wish of a guest, but in many an attack on whoever prints them. */
const plain = (longest: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(longest)
    .regex(/^[^\p{Cc}\p{Cs}]+$/u);
const code = z.string().regex(/^[A-Za-z0-9_-]{1,32}$/);
/** A calendar day. */
const day = z.iso.date();
const amount = z
  .string()
  .regex(/^\d{1,9}(\.\d{1,3})?$/)
  .meta({ description: 'A decimal number as text, so that no cent is lost.', examples: ['411.00'] });
const currency = z.string().regex(/^[A-Z]{3}$/);
const phone = z.string().regex(/^\+?[0-9][0-9 ()./-]{4,30}$/);
const emailAddress = z.email().max(254);

const LONGEST_STAY_NIGHTS = 180;
const DAY_MS = 86_400_000;

const guestSchema = z.strictObject({
  isPrimary: z.boolean().default(false),
  title: plain(20).optional(),
  givenName: plain(100).optional(),
  surname: plain(100),
  email: emailAddress.optional(),
  phones: z.array(phone).max(5).default([]),
  loyalty: z
    .array(z.strictObject({ program: code.optional(), number: plain(40) }))
    .max(5)
    .default([]),
});

const roomStaySchema = z.strictObject({
  roomType: code,
  ratePlan: code.optional(),
  units: z.number().int().min(1).max(9).default(1),
  adults: z.number().int().min(1).max(20),
  children: z.number().int().min(0).max(20).default(0),
});

/** Read once, for the payment; of the number only the last four digits are kept. */
const cardSchema = z.strictObject({
  number: z
    .string()
    .regex(/^\d{12,19}$/)
    .refine(isCardNumber, 'has a wrong check digit')
    .meta({
      description: 'Passed on to the payment provider and kept nowhere but for its last four digits.',
      writeOnly: true,
    }),
  network: z.enum(['VI', 'MC', 'AX', 'DS', 'DC', 'JC']).optional(),
  expires: z
    .string()
    .regex(/^(0[1-9]|1[0-2])\d{2}$/)
    .meta({ description: 'MMYY.' }),
});

const stay = { arrival: day, departure: day };
const wishes = z.array(plain(500)).max(20);

const isStay = ({ arrival, departure }: { readonly arrival: string; readonly departure: string }): boolean => {
  const nights = (Date.parse(departure) - Date.parse(arrival)) / DAY_MS;
  return nights >= 1 && nights <= LONGEST_STAY_NIGHTS;
};
const STAY_RULE = { message: `is not 1 to ${LONGEST_STAY_NIGHTS} nights after the arrival`, path: ['departure'] };

/** What creates an itinerary. */
export const bookingSchema = z
  .strictObject({
    property: propertyCodeSchema,
    ...stay,
    roomStays: z.array(roomStaySchema).min(1).max(9),
    guests: z.array(guestSchema).min(1).max(20),
    specialRequests: wishes.default([]),
    payment: z.strictObject({ card: cardSchema, amount, currency }),
  })
  .refine(isStay, STAY_RULE);

/** What modifies one: members that are absent stay as they are. */
export const modificationSchema = z
  .strictObject({
    stay: z.strictObject(stay).refine(isStay, STAY_RULE).optional(),
    roomStays: bookingSchema.shape.roomStays.optional(),
    guests: bookingSchema.shape.guests.optional(),
    specialRequests: wishes.min(1).optional(),
  })
  .refine((changes) => Object.keys(changes).length > 0, 'names nothing to change');

/** Whose itineraries are searched for: by one detail, whole. Only its keyed hash is compared. */
export const guestSearchSchema = z
  .strictObject({
    email: emailAddress.optional(),
    phone: phone.optional(),
    loyaltyNumber: plain(40).optional(),
    limit: z.number().int().min(1).max(50).default(20),
    cursor: z.string().max(2_048).optional(),
  })
  .refine(
    ({ email, phone: number, loyaltyNumber }) => [email, number, loyaltyNumber].filter(Boolean).length === 1,
    'needs exactly one of email, phone and loyaltyNumber',
  );

/** Which arrivals of a property are listed. */
export const arrivalsQuerySchema = z.strictObject({
  arrival: day,
  limit: z.coerce.number().int().min(1).max(50).default(20),
  cursor: z.string().max(2_048).optional(),
});

/** A confirmation number as paths have it: what any source may call a reservation, and nothing that a path could be led astray by. */
export const confirmationSchema = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_:.-]{0,63}$/);

export const idempotencyKeySchema = z.string().regex(/^[A-Za-z0-9_-]{8,128}$/);

export type Booking = z.infer<typeof bookingSchema>;
export type Modification = z.infer<typeof modificationSchema>;
export type GuestSearch = z.infer<typeof guestSearchSchema>;

/** The check digit of ISO/IEC 7812-1, annex B. */
function isCardNumber(digits: string): boolean {
  let sum = 0;
  for (const [index, digit] of [...digits].reverse().entries()) {
    const value = Number(digit) * (index % 2 === 1 ? 2 : 1);
    sum += value > 9 ? value - 9 : value;
  }
  return sum % 10 === 0;
}
