import type { ApiKeys, ChangeOutcome } from '../../api-ports.ts';
import type { Booking } from '../../domain/api/booking-schemas.ts';
import { confirmationOf, keyedName } from '../../domain/api/keyed-names.ts';
import { receiptOf } from '../../domain/api/receipt.ts';
import { bookingMessage } from '../../domain/api/to-message.ts';
import { maySee } from '../../domain/auth/caller.ts';
import type { PaymentOutcome } from '../../domain/payment.ts';
import { problem } from '../../http/api-answer.ts';
import type { OperationHandler } from '../../http/serve-operations.ts';
import type { BookingPayment } from './authorise-payment.ts';
import { type StoreChangeDeps, storeChange } from './store-change.ts';
import { type Change, type ChangeResult, type UnderKeyDeps, underKey } from './under-key.ts';

export interface CreateItineraryDeps extends UnderKeyDeps, StoreChangeDeps {
  readonly pay: (payment: BookingPayment) => Promise<PaymentOutcome>;
}

/** Authorises the payment, then books: a booking without its payment does not exist. */
export const createItinerary: OperationHandler<CreateItineraryDeps> = async (request, caller, deps) => {
  const booking = request.body as Booking;
  if (!maySee(caller, booking.property)) return problem('property-not-granted');
  const make = (change: Change) => book(booking, change, deps);
  return underKey(request, { caller, operation: 'createItinerary' }, { ...deps, make });
};

async function book(booking: Booking, { id, startedAtMs }: Change, deps: CreateItineraryDeps): Promise<ChangeResult> {
  const confirmation = confirmationOf(id);
  const payment = await deps.pay(paymentOf(booking, { id, startedAtMs }, await deps.keys()));
  if (payment.kind === 'unavailable')
    return { kind: 'nothing', answer: problem('payment-unavailable', { retryAfterSeconds: 5 }) };
  if (payment.kind === 'declined') return { kind: 'ended', outcome: { kind: 'declined' } };
  const message = bookingMessage(booking, { confirmation, property: booking.property, changedAtMs: startedAtMs });
  const changed = await storeChange<never>(confirmation, () => ({ kind: 'apply', message }), deps);
  if (changed.kind === 'refuse') return changed.refusal;
  const receipt = receiptOf(changed.itinerary, { authorizationId: payment.authorizationId });
  const outcome: ChangeOutcome = { kind: 'receipt', status: 201, receipt };
  return { kind: 'ended', outcome };
}

function paymentOf({ payment }: Booking, { id, startedAtMs }: Change, { card: key }: ApiKeys): BookingPayment {
  const { card, amount, currency } = payment;
  return {
    idempotencyKey: id,
    cardNumber: card.number,
    expires: card.expires,
    amount,
    currency,
    cardToken: keyedName(key, card.number),
    confirmation: confirmationOf(id),
    nowMs: startedAtMs,
  };
}
