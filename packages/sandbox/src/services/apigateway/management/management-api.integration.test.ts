import {
  ApiGatewayV2Client,
  GetApiCommand,
  GetApisCommand,
  GetIntegrationsCommand,
  GetRoutesCommand,
  GetStageCommand,
  GetStagesCommand,
  UpdateIntegrationCommand,
  UpdateRouteCommand,
  UpdateStageCommand,
} from '@aws-sdk/client-apigatewayv2';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { clientOfRole } from '../../../testing/client-of-role.ts';
import { type PetsApi, startPetsApi } from '../testing/pets-api.ts';

let pets: PetsApi;
let client: ApiGatewayV2Client;
beforeAll(async () => {
  pets = await startPetsApi();
  client = pets.sandbox.client(ApiGatewayV2Client);
});
afterAll(() => pets?.stop());

test('reads what was deployed', async () => {
  const ApiId = pets.apiId;
  const { Items: apis } = await client.send(new GetApisCommand({}));
  const read = await client.send(new GetApiCommand({ ApiId }));
  const { Items: stages } = await client.send(new GetStagesCommand({ ApiId }));
  const { Items: routes } = await client.send(new GetRoutesCommand({ ApiId }));
  const { Items: integrations } = await client.send(new GetIntegrationsCommand({ ApiId }));

  expect(apis?.map(({ Name }) => Name)).toContain('pets');
  expect(read).toMatchObject({ ApiEndpoint: pets.url, ProtocolType: 'HTTP', CorsConfiguration: { MaxAge: 600 } });
  expect(read.CreatedDate).toEqual(new Date(Date.UTC(2026, 0, 1)));
  expect(stages?.map(({ StageName }) => StageName)).toEqual(['$default', 'beta']);
  expect(routes?.map(({ RouteKey }) => RouteKey)).toContain('ANY /pets/{proxy+}');
  expect(integrations?.[0]).toMatchObject({ IntegrationType: 'AWS_PROXY', TimeoutInMillis: 30_000 });
  await expect(client.send(new GetApiCommand({ ApiId: 'nosuchapi1' }))).rejects.toMatchObject({
    name: 'NotFoundException',
  });
});

test('throttles a route on the clock as UpdateStage says', async () => {
  const ApiId = pets.apiId;
  const RouteSettings = { 'GET /pets/dog': { ThrottlingBurstLimit: 2, ThrottlingRateLimit: 1 } };
  await client.send(new UpdateStageCommand({ ApiId, StageName: '$default', RouteSettings }));
  const statuses = async () => Promise.all([1, 2, 3].map(async () => (await fetch(`${pets.url}/pets/dog`)).status));

  const first = await statuses();
  await pets.clock.advance(1_000);
  const second = await statuses();
  const refused = await fetch(`${pets.url}/pets/dog`);
  const read = await client.send(new GetStageCommand({ ApiId, StageName: '$default' }));

  expect(first.sort()).toEqual([200, 200, 429]);
  expect(second.sort()).toEqual([200, 429, 429]);
  expect(await refused.json()).toEqual({ message: 'Too Many Requests' });
  expect(read.RouteSettings).toEqual(RouteSettings);
  expect((await fetch(`${pets.url}/pets/cat`)).status).toBe(200);
});

test('changes a route', async () => {
  const ApiId = pets.apiId;
  const RouteId = pets.stack.resources.Slow?.physicalId;
  await client.send(new UpdateRouteCommand({ ApiId, RouteId, RouteKey: 'GET /slower' }));

  expect((await fetch(`${pets.url}/slow`)).status).toBe(404);
  expect((await pets.ask('/slower')).routeKey).toBe('GET /slower');
});

test('changes where an integration leads, and nothing else of it', async () => {
  const ApiId = pets.apiId;
  const { Items: [before] = [] } = await client.send(new GetIntegrationsCommand({ ApiId }));
  const { IntegrationId, IntegrationUri } = before!;
  const gone = `${IntegrationUri!.split('/invocations')[0]}:nowhere`;

  const changed = await client.send(new UpdateIntegrationCommand({ ApiId, IntegrationId, IntegrationUri: gone }));
  await client.send(new UpdateIntegrationCommand({ ApiId, IntegrationId, IntegrationUri }));
  const { Items: [after] = [] } = await client.send(new GetIntegrationsCommand({ ApiId }));

  expect(changed).toMatchObject({ IntegrationUri: gone, TimeoutInMillis: before!.TimeoutInMillis });
  expect(after).toEqual(before);
  const nameless = client.send(new UpdateIntegrationCommand({ ApiId, IntegrationId: 'nosuch1' }));
  await expect(nameless).rejects.toMatchObject({ name: 'NotFoundException' });
});

test('refuses what it does not emulate, by name, and a role that may not', async () => {
  const ApiId = pets.apiId;
  const StageName = '$default';
  const RouteSettings = { 'GET /nowhere': { ThrottlingRateLimit: 1 } };
  const nowhere = client.send(new UpdateStageCommand({ ApiId, StageName, RouteSettings }));
  await expect(nowhere).rejects.toMatchObject({ name: 'NotFoundException' });
  const unknown = client.send(new UpdateStageCommand({ ApiId, StageName, ClientCertificateId: 'c' }));
  const reader = await clientOfRole(pets.sandbox, ApiGatewayV2Client, [
    { Effect: 'Allow', Action: 'apigateway:GET', Resource: `arn:aws:apigateway:us-east-1::/apis/${ApiId}/*` },
  ]);

  await expect(unknown).rejects.toThrow('The sandbox does not emulate Stage ClientCertificateId.');
  await expect(reader.send(new GetStageCommand({ ApiId, StageName }))).resolves.toMatchObject({ StageName });
  await expect(reader.send(new UpdateStageCommand({ ApiId, StageName }))).rejects.toMatchObject({
    name: 'AccessDeniedException',
  });
});
