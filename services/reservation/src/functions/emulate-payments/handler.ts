import { defineHandler } from '@lamplighter/lambda-kit';
import type { PaymentOutcome } from '../../domain/payment/payment.ts';
import { emulatePayments } from './emulate-payments.ts';

/** Stands in for the payment provider. */
export const handler = defineHandler({
  name: 'reservation/emulate-payments',
  compose: () => ({}),
  handle: async (event: unknown): Promise<PaymentOutcome> => emulatePayments(event),
});
