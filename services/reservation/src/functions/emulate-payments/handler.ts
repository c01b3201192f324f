import { lambdaSurroundings } from '../../adapters/lambda-surroundings.ts';
import type { PaymentOutcome } from '../../domain/payment.ts';
import { defineFunction } from '../../runtime/define-function.ts';
import { emulatePayments } from './emulate-payments.ts';

/** Stands in for the payment provider; faults that name it make it slow or fail. */
export const handler = defineFunction(
  {
    name: 'emulate-payments',
    compose: () => ({}),
    handle: async (event: unknown): Promise<PaymentOutcome> => emulatePayments(event),
  },
  lambdaSurroundings,
);
