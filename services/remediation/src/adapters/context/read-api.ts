import {
  type APIGatewayClient,
  GetRestApiCommand,
  GetStagesCommand as GetRestStagesCommand,
  NotFoundException as RestNotFound,
} from '@aws-sdk/client-api-gateway';
import {
  type ApiGatewayV2Client,
  GetApiCommand,
  GetIntegrationsCommand,
  GetStagesCommand,
  NotFoundException,
} from '@aws-sdk/client-apigatewayv2';
import { GetPolicyCommand, type LambdaClient, ResourceNotFoundException } from '@aws-sdk/client-lambda';
import type { RemedyContext } from '@lamplighter/remedies';

export interface ApiClients {
  readonly lambda: LambdaClient;
  readonly http: ApiGatewayV2Client;
  readonly rest: APIGatewayClient;
}

type Api = RemedyContext['api'];

const NO_LIMIT = -1;

/** The one API that the function's own policy lets call it, and its one stage; where there are several of either, none can be told to be the culprit. */
export async function readApi(clients: ApiClients, functionName: string): Promise<Api> {
  const apiIds = apisIn(await policyOf(clients.lambda, functionName));
  const [apiId, ...more] = apiIds;
  if (apiId === undefined || more.length > 0) return undefined;
  return (await httpApi(clients.http, apiId, functionName)) ?? restApi(clients.rest, apiId);
}

async function policyOf(client: LambdaClient, FunctionName: string): Promise<string> {
  try {
    return (await client.send(new GetPolicyCommand({ FunctionName }))).Policy ?? '';
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return '';
    throw error;
  }
}

/** `arn:aws:execute-api:<region>:<account>:<api>/…` */
const apisIn = (policy: string): string[] => [
  ...new Set([...policy.matchAll(/:execute-api:[^:]*:\d*:([a-z0-9]+)\//g)].map(([, apiId]) => apiId!)),
];

async function httpApi(client: ApiGatewayV2Client, ApiId: string, functionName: string): Promise<Api> {
  try {
    const { Items: [stage, ...others] = [] } = await client.send(new GetStagesCommand({ ApiId }));
    if (stage === undefined || others.length > 0) return undefined;
    const { Name: name } = await client.send(new GetApiCommand({ ApiId }));
    const { Items: integrations = [] } = await client.send(new GetIntegrationsCommand({ ApiId }));
    const isOwn = ({ IntegrationUri = '' }): boolean => IntegrationUri.split(/[:/]/).includes(functionName);
    const { ThrottlingRateLimit: rate, ThrottlingBurstLimit: burst } = stage.DefaultRouteSettings ?? {};
    return {
      protocol: 'HTTP',
      ...(name !== undefined && { name }),
      apiId: ApiId,
      stage: stage.StageName!,
      isShared: !integrations.every(isOwn),
      tags: stage.Tags ?? {},
      ...(rate !== undefined && { rateLimit: rate }),
      ...(burst !== undefined && { burstLimit: burst }),
    };
  } catch (error) {
    // The ids of both kinds look the same.
    if (error instanceof NotFoundException) return undefined;
    throw error;
  }
}

/** Which functions answer a REST API is not asked: it is taken to be shared, so that its stage is never throttled for one of them. */
async function restApi(client: APIGatewayClient, restApiId: string): Promise<Api> {
  try {
    const { item: [stage, ...others] = [] } = await client.send(new GetRestStagesCommand({ restApiId }));
    if (stage === undefined || others.length > 0) return undefined;
    const { name } = await client.send(new GetRestApiCommand({ restApiId }));
    const { throttlingRateLimit = NO_LIMIT, throttlingBurstLimit = NO_LIMIT } = stage.methodSettings?.['*/*'] ?? {};
    return {
      protocol: 'REST',
      ...(name !== undefined && { name }),
      apiId: restApiId,
      stage: stage.stageName!,
      isShared: true,
      tags: stage.tags ?? {},
      ...(throttlingRateLimit !== NO_LIMIT && { rateLimit: throttlingRateLimit }),
      ...(throttlingBurstLimit !== NO_LIMIT && { burstLimit: throttlingBurstLimit }),
      cache: { isOn: stage.cacheClusterEnabled ?? false },
    };
  } catch (error) {
    if (error instanceof RestNotFound) return undefined;
    throw error;
  }
}
