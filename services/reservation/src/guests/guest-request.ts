import * as z from 'zod';
import { type GuestIdentifier, identifier } from '../domain/pii/guest-lookups.ts';
import { ServiceError } from '../runtime/service-error.ts';

/**
 * Who is asked about: any of the identifiers finds a guest. A name alone is not one person, so it counts within a
 * reservation only.
 */
export const guestRequestSchema = z
  .strictObject({
    email: z.string().min(3).max(320).optional(),
    phone: z.string().min(5).max(40).optional(),
    loyalty: z.string().min(3).max(60).optional(),
    inReservation: z
      .strictObject({ confirmation: z.string().min(1).max(200), name: z.string().min(1).max(200) })
      .optional(),
  })
  .refine((request) => Object.values(request).some((value) => value !== undefined));

export type GuestRequest = z.infer<typeof guestRequestSchema>;

/** Reads a request. Throws `REQUEST_INVALID`, which repeats nothing of it. */
export function readGuestRequest(event: unknown): GuestRequest {
  const parsed = guestRequestSchema.safeParse(event);
  if (parsed.success) return parsed.data;
  const form = '{email?, phone?, loyalty?, inReservation?: {confirmation, name}}, at least one';
  throw new ServiceError('REQUEST_INVALID', `A guest is named by ${form}.`);
}

/** The identifiers that a request names, normalised. */
export function requestedIdentifiers({ email, phone, loyalty }: GuestRequest): readonly GuestIdentifier[] {
  return [identifier('email', email), identifier('phone', phone), identifier('loyalty', loyalty)].filter(
    (one) => one !== undefined,
  );
}
