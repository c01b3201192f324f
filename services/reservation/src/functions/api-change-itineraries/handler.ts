import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { LambdaClient } from '@aws-sdk/client-lambda';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import * as z from 'zod';
import { apiDepsFromEnv } from '../../adapters/api-deps-from-env.ts';
import { auroraPaymentLedger } from '../../adapters/aurora-payment-ledger.ts';
import { dynamoDbChangeRegister } from '../../adapters/dynamodb-change-register.ts';
import { lambdaPaymentProvider } from '../../adapters/lambda-payment-provider.ts';
import { lambdaSurroundings } from '../../adapters/lambda-surroundings.ts';
import type { Itinerary } from '../../domain/messages/itinerary.ts';
import { type ServeDeps, serveOperations } from '../../http/serve-operations.ts';
import { defineFunction, type Runtime } from '../../runtime/define-function.ts';
import { readEnv } from '../../runtime/read-env.ts';
import { sealItinerary } from '../../vault/seal-itinerary.ts';
import { authorisePayment, type BookingPayment } from './authorise-payment.ts';
import { cancelItinerary } from './cancel-itinerary.ts';
import type { CreateItineraryDeps } from './create-itinerary.ts';
import { createItinerary } from './create-itinerary.ts';
import { modifyItinerary } from './modify-itinerary.ts';

const NAME = 'api-change-itineraries';
/** The function's timeout: after it, an attempt is certainly over. */
const LONGEST_ATTEMPT_MS = 29_000;

/** Books with the payment authorised, modifies, cancels; once for each Idempotency-Key. */
export const handler = defineFunction(
  {
    name: NAME,
    compose: changeDeps,
    handle: (event: APIGatewayProxyEventV2, deps): Promise<APIGatewayProxyStructuredResultV2> =>
      serveOperations(event, { createItinerary, modifyItinerary, cancelItinerary }, deps),
  },
  lambdaSurroundings,
);

function changeDeps(runtime: Runtime): CreateItineraryDeps & ServeDeps {
  const env = readEnv({ CHANGES_TABLE: z.string(), PAYMENT_FUNCTION: z.string() });
  const { keysOfApi, ...deps } = apiDepsFromEnv(runtime, { name: NAME });
  const ledger = auroraPaymentLedger(deps.database);
  const provider = lambdaPaymentProvider(new LambdaClient({ maxAttempts: 1 }), env.PAYMENT_FUNCTION, runtime);
  return {
    ...deps,
    keys: keysOfApi,
    seal: (itinerary: Itinerary) => sealItinerary(itinerary, deps),
    register: dynamoDbChangeRegister({
      client: new DynamoDBClient({}),
      table: env.CHANGES_TABLE,
      call: runtime.call,
      longestAttemptMs: LONGEST_ATTEMPT_MS,
    }),
    pay: (payment: BookingPayment) => authorisePayment(payment, { ledger, provider }),
  };
}
