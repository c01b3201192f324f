import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { TemplateResource } from '../../../cloudformation/template.ts';
import { startTestSandbox, type TestSandbox } from '../../../testing/start-test-sandbox.ts';
import { api, functionResources, integration, route, stage, templateOf } from '../testing/api-template.ts';
import { ECHO } from '../testing/pets-api.ts';

let started: TestSandbox;
beforeAll(async () => {
  started = await startTestSandbox({ services: ['lambda', 'logs', 'cloudwatch', 'events', 'apigateway'] });
});
afterAll(() => started?.stop());

const deploy = (resources: Parameters<typeof templateOf>[0]) =>
  started.sandbox.deployTemplate({ template: templateOf(resources), stackName: 'refused' });

test.each([
  ['WebSocket APIs', { Api: api({ ProtocolType: 'WEBSOCKET' }) }, 'ProtocolType WEBSOCKET'],
  ['OpenAPI bodies', { Api: api({ Body: {} }) }, 'AWS::ApiGatewayV2::Api Body'],
  [
    'credentials for every origin',
    { Api: api({ CorsConfiguration: { AllowOrigins: ['*'], AllowCredentials: true } }) },
    'allowCredentials',
  ],
  [
    'parameter mapping',
    { Api: api(), I: { ...integration('x'), Properties: { ApiId: { Ref: 'Api' }, RequestParameters: {} } } },
    'RequestParameters',
  ],
])('a template is refused for %s', async (_, resources, reason) => {
  await expect(deploy(resources as never)).rejects.toThrow(reason);
});

test('a stage without automatic deployment serves its deployment, as the API then was', async () => {
  const resources = {
    ...functionResources('Echo', ECHO),
    Api: api(),
    ToEcho: integration('Echo'),
    One: route('GET /one', 'ToEcho'),
    Deployment: { Type: 'AWS::ApiGatewayV2::Deployment', Properties: { ApiId: { Ref: 'Api' } }, DependsOn: ['One'] },
    Live: stage({ StageName: 'live', AutoDeploy: false, DeploymentId: { Ref: 'Deployment' } }),
  };
  await started.sandbox.deployTemplate({ template: templateOf(resources), stackName: 'frozen' });
  const again = { ...resources, Two: route('GET /two', 'ToEcho') };
  const { resources: made } = await started.sandbox.deployTemplate({
    template: templateOf(again),
    stackName: 'frozen',
  });
  const live = `${made.Api?.attributes.ApiEndpoint}/live`;

  expect([(await fetch(`${live}/one`)).status, (await fetch(`${live}/two`)).status]).toEqual([200, 404]);
  await started.sandbox.remove('frozen');
  expect((await fetch(`${live}/one`)).status).toBe(403);
});

test('without a permission for API Gateway, the function is not invoked', async () => {
  const { EchoPermission: _, ...echo } = functionResources('Echo', ECHO) as Record<string, TemplateResource>;
  const resources = {
    ...echo,
    Api: api(),
    ToEcho: integration('Echo'),
    One: route('GET /one', 'ToEcho'),
    Default: stage(),
  };
  const { resources: made } = await started.sandbox.deployTemplate({
    template: templateOf(resources),
    stackName: 'closed',
  });

  const response = await fetch(`${made.Api?.attributes.ApiEndpoint}/one`);

  expect([response.status, await response.json()]).toEqual([500, { message: 'Internal Server Error' }]);
});
