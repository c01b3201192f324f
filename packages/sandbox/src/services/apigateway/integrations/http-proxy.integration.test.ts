import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from '@jest/globals';
import { startTestSandbox } from '../../../testing/start-test-sandbox.ts';
import { api, integration, route, stage, templateOf } from '../testing/api-template.ts';

test('an HTTP integration is asked with path, query, body and headers, and its answer is passed on', async () => {
  await using started = await startTestSandbox({ services: ['lambda', 'logs', 'cloudwatch', 'apigateway'] });
  const backend = createServer((request, response) => {
    response.setHeader('x-seen', `${request.method} ${request.url} ${request.headers['x-token']}`);
    response.setHeader('set-cookie', ['a=1', 'b=2']);
    response.statusCode = 202;
    request.pipe(response);
  });
  await new Promise<void>((resolve) => backend.listen(0, '127.0.0.1', resolve));
  const { port } = backend.address() as AddressInfo;
  const { resources } = await started.sandbox.deployTemplate({
    stackName: 'proxied',
    template: templateOf({
      Api: api(),
      Default: stage(),
      ToBackend: integration('', {
        IntegrationType: 'HTTP_PROXY',
        IntegrationMethod: 'ANY',
        IntegrationUri: `http://127.0.0.1:${port}/base/{proxy}`,
        PayloadFormatVersion: '1.0',
      }),
      Any: route('ANY /{proxy+}', 'ToBackend'),
    }),
  });
  const proxied = `${resources.Api?.attributes.ApiEndpoint}/a/b%20c?x=1`;
  const response = await fetch(proxied, { method: 'PUT', body: 'hello', headers: { 'x-token': 'T' } });
  backend.closeAllConnections();
  await new Promise((resolve) => backend.close(resolve));
  const gone = await fetch(proxied);

  expect([response.status, await response.text()]).toEqual([202, 'hello']);
  expect(response.headers.get('x-seen')).toBe('PUT /base/a/b%20c?x=1 T');
  expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
  expect([gone.status, await gone.json()]).toEqual([503, { message: 'Service Unavailable' }]);
});
