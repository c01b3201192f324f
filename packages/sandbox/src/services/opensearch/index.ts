import type { RestCall } from '../../core/protocols/rest-operation.ts';
import { route } from '../../core/protocols/rest-route.ts';
import { ApiError, type Emulated, type ServiceContext } from '../../core/service.ts';
import { Collections } from './collections.ts';
import { searchOperations } from './operations.ts';
import { searchResources } from './resources.ts';
import { renderSearchError } from './search-error.ts';

/** OpenSearch Serverless: collections of the type SEARCH, and of OpenSearch the few operations that an index of documents needs. */
export function createOpenSearch(context: ServiceContext): Emulated {
  const collections = new Collections(context);
  const operations = searchOperations(collections);
  const badBody = (message: string) => new ApiError('parse_exception', message);
  return {
    peer: undefined,
    service: {
      signingName: 'aoss',
      resources: searchResources(collections),
      describe(request): RestCall {
        const { name, operation, input } = route(operations, request, { service: 'aoss', badBody });
        return { service: 'aoss', operation: name, input, permissions: operation.permissions(input) };
      },
      handle: async (call, wire, caller) =>
        operations[call.operation]!.handle({ input: (call as RestCall).input, wire, caller }),
      renderError: renderSearchError,
    },
  };
}
