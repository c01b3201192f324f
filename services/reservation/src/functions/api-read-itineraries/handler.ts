import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { apiDepsFromEnv } from '../../adapters/api-deps-from-env.ts';
import { lambdaSurroundings } from '../../adapters/lambda-surroundings.ts';
import { serveOperations } from '../../http/serve-operations.ts';
import { defineFunction } from '../../runtime/define-function.ts';
import { getItinerary } from './get-itinerary.ts';
import { listArrivals } from './list-arrivals.ts';
import { searchByGuest } from './search-by-guest.ts';

const NAME = 'api-read-itineraries';

/** Itineraries by confirmation, by guest, by property and day of arrival. */
export const handler = defineFunction(
  {
    name: NAME,
    compose: (runtime) => {
      const { keysOfApi, ...deps } = apiDepsFromEnv(runtime, { name: NAME, canHoldConnections: false });
      return { ...deps, keys: keysOfApi };
    },
    handle: (event: APIGatewayProxyEventV2, deps): Promise<APIGatewayProxyStructuredResultV2> =>
      serveOperations(event, { getItinerary, listArrivals, searchByGuest }, deps),
  },
  lambdaSurroundings,
);
