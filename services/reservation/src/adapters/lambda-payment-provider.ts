import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import * as z from 'zod';
import type { PaymentProvider } from '../api-ports.ts';
import type { PaymentOutcome } from '../domain/payment.ts';
import type { CallDependency } from '../ports.ts';
import type { Log } from '../runtime/safe-log.ts';
import { speakableError } from '../runtime/service-error.ts';

/** Longer than any provider may take; a caller of the API is waiting. */
const TIMEOUT_MS = 8_000;

const outcomeSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('authorised'), authorizationId: z.string().min(1) }),
  z.object({ kind: z.literal('declined') }),
]);

/**
 * The emulated provider, a function: nobody outside the account can reach it, and the card's number is in no URL and no access log. Whatever
 * goes wrong on the way is an outcome that is not known yet; the log is told why.
 */
export function lambdaPaymentProvider(
  client: LambdaClient,
  functionName: string,
  { call, log }: { readonly call: CallDependency; readonly log: Log },
): PaymentProvider {
  return async (request): Promise<PaymentOutcome> => {
    try {
      return await call({ dependency: 'payment', statement: 'authorise' }, async () => {
        const command = new InvokeCommand({ FunctionName: functionName, Payload: JSON.stringify(request) });
        const { Payload, FunctionError } = await client.send(command, { abortSignal: AbortSignal.timeout(TIMEOUT_MS) });
        if (FunctionError !== undefined) throw new Error(`The payment provider failed: ${FunctionError}`);
        return outcomeSchema.parse(JSON.parse(Buffer.from(Payload ?? []).toString()));
      });
    } catch (error) {
      const { name, code } = speakableError(error);
      log('warn', 'the payment provider gave no outcome', { errorName: name, code });
      return { kind: 'unavailable' };
    }
  };
}
