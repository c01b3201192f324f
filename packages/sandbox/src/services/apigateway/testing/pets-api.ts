import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { Stack } from '../../../cloudformation/stack.ts';
import { startTestSandbox, type TestSandbox } from '../../../testing/start-test-sandbox.ts';
import { api, functionResources, integration, route, stage, templateOf } from './api-template.ts';

/** Answers with its event, or as the body of the request says. */
export const ECHO = `exports.handler = async (event) => {
  const body = event.body && (event.isBase64Encoded ? Buffer.from(event.body, 'base64').toString() : event.body);
  if (event.headers['x-fail']) throw new Error(event.headers['x-fail']);
  if (event.headers['x-hang']) await new Promise(() => {});
  if (event.headers['x-answer']) return JSON.parse(body);
  return event;
};`;

const ACCESS_LOG = JSON.stringify({
  requestId: '$context.requestId',
  ip: '$context.identity.sourceIp',
  requestTime: '$context.requestTime',
  routeKey: '$context.routeKey',
  status: '$context.status',
  length: '$context.responseLength',
  error: '$context.error.message',
  integration: '$context.integrationStatus',
  unknown: '$context.nothing.here',
});

const TEMPLATE = templateOf({
  ...functionResources('Echo', ECHO),
  Api: api({
    CorsConfiguration: {
      AllowOrigins: ['https://*.example.com', 'http://localhost:3000'],
      AllowMethods: ['GET', 'POST'],
      AllowHeaders: ['content-type', 'x-token'],
      ExposeHeaders: ['x-total'],
      AllowCredentials: true,
      MaxAge: 600,
    },
  }),
  AccessLogs: { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: '/aws/http-api/pets' } },
  Default: stage({
    AccessLogSettings: { DestinationArn: { 'Fn::GetAtt': ['AccessLogs', 'Arn'] }, Format: ACCESS_LOG },
    StageVariables: { colour: 'blue' },
  }),
  Beta: stage({ StageName: 'beta' }),
  ToEcho: integration('Echo'),
  ToEchoV1: integration('Echo', { PayloadFormatVersion: '1.0' }),
  GetPet: route('GET /pets/{id}', 'ToEcho'),
  GetDog: route('GET /pets/dog', 'ToEcho'),
  AnyPets: route('ANY /pets/{proxy+}', 'ToEcho'),
  Post: route('POST /pets', 'ToEcho'),
  Old: route('ANY /old/{id}', 'ToEchoV1'),
  Slow: route('GET /slow', 'ToEcho'),
});

/** An HTTP API with routes of every kind that lead to one function, which answers with its event or as it is told. */
export interface PetsApi extends Pick<TestSandbox, 'sandbox' | 'clock' | 'stop'> {
  readonly stack: Stack;
  readonly apiId: string;
  /** Where the API's default stage answers. */
  readonly url: string;
  /** The event that the function got. */
  ask(path: string, init?: RequestInit): Promise<APIGatewayProxyEventV2>;
  /** The response to a request by which the function is told its answer. */
  answering(answer: unknown): Promise<Response>;
}

export async function startPetsApi(): Promise<PetsApi> {
  const { sandbox, clock, stop } = await startTestSandbox({
    services: ['lambda', 'logs', 'cloudwatch', 'events', 'apigateway'],
  });
  const stack = await sandbox.deployTemplate({ template: TEMPLATE, stackName: 'pets' });
  const { physicalId: apiId, attributes } = stack.resources.Api!;
  const url = attributes.ApiEndpoint!;
  return {
    sandbox,
    clock,
    stop,
    stack,
    apiId,
    url,
    ask: async (path, init) => (await (await fetch(`${url}${path}`, init)).json()) as APIGatewayProxyEventV2,
    answering: (answer) =>
      fetch(`${url}/pets`, { method: 'POST', headers: { 'x-answer': '1' }, body: JSON.stringify(answer) }),
  };
}
