import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { PaymentOutcome } from '../../domain/payment.ts';

const requestSchema = z.object({
  idempotencyKey: z.string().min(8),
  cardNumber: z.string().regex(/^\d{12,19}$/),
  expires: z.string(),
  amount: z.string(),
  currency: z.string(),
});

/** The number that payment providers let people try declines with. */
const DECLINED_CARD = '4000000000000002';
const ID_LETTERS = 20;

/** A payment provider that says yes to all cards but the one that is made for being declined. The same key has the same answer. */
export function emulatePayments(event: unknown): PaymentOutcome {
  const request = requestSchema.safeParse(event);
  // Which field was wrong is no secret; what was in it is.
  if (!request.success) throw new TypeError('The request is none for a payment.');
  const { cardNumber, idempotencyKey } = request.data;
  if (cardNumber === DECLINED_CARD) return { kind: 'declined' };
  const id = createHash('sha256').update(idempotencyKey).digest('hex').slice(0, ID_LETTERS);
  return { kind: 'authorised', authorizationId: `auth-${id}` };
}
