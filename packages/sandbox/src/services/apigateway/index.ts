import type { Emulated, ServiceContext } from '../../core/service.ts';
import { Gateway } from './gateway/gateway.ts';
import { ApiStore } from './http-api/api-store.ts';
import { managementApi } from './management/management-api.ts';
import { readOperations } from './management/read-operations.ts';
import { updateOperations } from './management/update-operations.ts';
import { apiResource } from './resources/api-resource.ts';
import {
  authorizerResource,
  deploymentResource,
  integrationResource,
  routeResource,
} from './resources/part-resources.ts';
import { stageResource } from './resources/stage-resource.ts';

/** API Gateway: HTTP APIs with their invoke URLs on the sandbox's port, and the reads and updates of the management API. */
export function createApiGateway(context: ServiceContext): Emulated {
  const store = new ApiStore(context);
  return {
    peer: undefined,
    service: {
      signingName: 'apigateway',
      ...managementApi({ ...readOperations(store), ...updateOperations(store) }),
      door: new Gateway(store),
      resources: {
        'AWS::ApiGatewayV2::Api': apiResource(store),
        'AWS::ApiGatewayV2::Stage': stageResource(store),
        'AWS::ApiGatewayV2::Route': routeResource(store),
        'AWS::ApiGatewayV2::Integration': integrationResource(store),
        'AWS::ApiGatewayV2::Authorizer': authorizerResource(store),
        'AWS::ApiGatewayV2::Deployment': deploymentResource(store),
      },
    },
  };
}
