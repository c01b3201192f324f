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
import { restOperations } from './rest-api/rest-operations.ts';
import { methodResource, restApiResource, restResourceResource } from './rest-api/rest-resources.ts';
import {
  restAuthorizerResource,
  restDeploymentResource,
  restStageResource,
  validatorResource,
} from './rest-api/rest-stage-resources.ts';
import { apiKeyResource, usagePlanKeyResource, usagePlanResource } from './rest-api/usage-resources.ts';

/** API Gateway: HTTP APIs and REST APIs with their invoke URLs on the sandbox's port, and the reads and updates of both management APIs. */
export function createApiGateway(context: ServiceContext): Emulated {
  const store = new ApiStore(context);
  return {
    peer: undefined,
    service: {
      signingName: 'apigateway',
      ...managementApi({
        v1: restOperations(store),
        v2: { ...readOperations(store), ...updateOperations(store) },
      }),
      door: new Gateway(store),
      resources: {
        'AWS::ApiGatewayV2::Api': apiResource(store),
        'AWS::ApiGatewayV2::Stage': stageResource(store),
        'AWS::ApiGatewayV2::Route': routeResource(store),
        'AWS::ApiGatewayV2::Integration': integrationResource(store),
        'AWS::ApiGatewayV2::Authorizer': authorizerResource(store),
        'AWS::ApiGatewayV2::Deployment': deploymentResource(store),
        'AWS::ApiGateway::RestApi': restApiResource(store),
        'AWS::ApiGateway::Resource': restResourceResource(store),
        'AWS::ApiGateway::Method': methodResource(store),
        'AWS::ApiGateway::Deployment': restDeploymentResource(store),
        'AWS::ApiGateway::Stage': restStageResource(store),
        'AWS::ApiGateway::Authorizer': restAuthorizerResource(store),
        'AWS::ApiGateway::RequestValidator': validatorResource(),
        'AWS::ApiGateway::ApiKey': apiKeyResource(store),
        'AWS::ApiGateway::UsagePlan': usagePlanResource(store),
        'AWS::ApiGateway::UsagePlanKey': usagePlanKeyResource(store),
      },
    },
  };
}
