import { request as httpRequest } from 'node:http';
import {
  CloudFrontClient,
  CreateInvalidationCommand,
  GetDistributionCommand,
  ListDistributionsCommand,
} from '@aws-sdk/client-cloudfront';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { ListWebACLsCommand, WAFV2Client } from '@aws-sdk/client-wafv2';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { Stack } from '../../cloudformation/stack.ts';
import type { TemplateResource } from '../../cloudformation/template.ts';
import { startTestSandbox, type TestSandbox } from '../../testing/start-test-sandbox.ts';
import { api, functionResources, integration, route, stage } from '../apigateway/testing/api-template.ts';

const CACHING_DISABLED = '4135ea2d-6df8-44a3-9df3-4b5a84be39ad';
const ALL_VIEWER_EXCEPT_HOST = 'b689b0a8-53d0-40ab-baf2-68738e2966ac';

const REWRITE = `function handler(event) {
  var request = event.request;
  if (request.uri === '/broken') return nothing.here;
  if (request.uri === '/docs') request.uri = '/docs/index.html';
  if (request.uri === '/old') return { statusCode: 302, headers: { location: { value: '/new' } } };
  return request;
}`;

const behavior = (TargetOriginId: string, more = {}) => ({
  TargetOriginId,
  ViewerProtocolPolicy: 'redirect-to-https',
  CachePolicyId: CACHING_DISABLED,
  ...more,
});

const OWN_DISTRIBUTION = { 'Fn::Sub': 'arn:aws:cloudfront::${AWS::AccountId}:distribution/${Cdn}' };

/** Lets the distribution of an ARN read the site. */
const sitePolicy = (sourceArn: unknown): TemplateResource => ({
  Type: 'AWS::S3::BucketPolicy',
  Properties: {
    Bucket: { Ref: 'Site' },
    PolicyDocument: {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { Service: 'cloudfront.amazonaws.com' },
          Action: 's3:GetObject',
          Resource: { 'Fn::Sub': '${Site.Arn}/*' },
          Condition: {
            StringEquals: {
              'AWS:SourceArn': sourceArn,
            },
          },
        },
      ],
    },
  },
});

const PAGE_FOR_WHAT_IS_NOT_THERE = { ErrorCode: 403, ResponseCode: 200, ResponsePagePath: '/index.html' };

/** The site, and the API below two paths. */
const distribution = (...errorPages: readonly object[]): TemplateResource => ({
  Type: 'AWS::CloudFront::Distribution',
  Properties: {
    DistributionConfig: {
      Enabled: true,
      DefaultRootObject: 'index.html',
      WebACLId: { 'Fn::GetAtt': ['Wall', 'Arn'] },
      Origins: [
        {
          Id: 'site',
          DomainName: { 'Fn::GetAtt': ['Site', 'RegionalDomainName'] },
          OriginAccessControlId: { 'Fn::GetAtt': ['Access', 'Id'] },
          S3OriginConfig: {},
        },
        {
          Id: 'api',
          DomainName: { 'Fn::Sub': '${Api}.execute-api.${AWS::Region}.amazonaws.com' },
          CustomOriginConfig: { OriginProtocolPolicy: 'https-only' },
          OriginCustomHeaders: [{ HeaderName: 'x-from', HeaderValue: 'edge' }],
        },
      ],
      DefaultCacheBehavior: behavior('site', {
        ResponseHeadersPolicyId: { Ref: 'Headers' },
        FunctionAssociations: [
          { EventType: 'viewer-request', FunctionARN: { 'Fn::GetAtt': ['Rewrite', 'FunctionARN'] } },
        ],
      }),
      CacheBehaviors: [
        behavior('api', {
          PathPattern: '/api/*',
          AllowedMethods: ['GET', 'HEAD', 'OPTIONS', 'PUT', 'POST', 'PATCH', 'DELETE'],
          OriginRequestPolicyId: ALL_VIEWER_EXCEPT_HOST,
        }),
        behavior('api', { PathPattern: '/bare/*' }),
      ],
      CustomErrorResponses: errorPages,
    },
  },
});

const RESOURCES: Record<string, TemplateResource> = {
  ...functionResources(
    'Echo',
    'exports.handler = async ({ rawPath, rawQueryString, headers, cookies }) => ({ rawPath, rawQueryString, headers, cookies });',
  ),
  Api: api(),
  Default: stage(),
  ToEcho: integration('Echo'),
  Any: route('ANY /{proxy+}', 'ToEcho'),
  Site: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'site' } },
  SitePolicy: sitePolicy(OWN_DISTRIBUTION),
  Access: {
    Type: 'AWS::CloudFront::OriginAccessControl',
    Properties: {
      OriginAccessControlConfig: {
        Name: 'site',
        OriginAccessControlOriginType: 's3',
        SigningBehavior: 'always',
        SigningProtocol: 'sigv4',
      },
    },
  },
  Headers: {
    Type: 'AWS::CloudFront::ResponseHeadersPolicy',
    Properties: {
      ResponseHeadersPolicyConfig: {
        Name: 'strict',
        SecurityHeadersConfig: {
          ContentSecurityPolicy: { ContentSecurityPolicy: "default-src 'self'", Override: true },
          StrictTransportSecurity: { AccessControlMaxAgeSec: 600, IncludeSubdomains: true, Override: true },
          ContentTypeOptions: { Override: true },
        },
        CustomHeadersConfig: { Items: [{ Header: 'X-House', Value: 'lamp', Override: false }] },
        RemoveHeadersConfig: { Items: [{ Header: 'server' }] },
      },
    },
  },
  Rewrite: {
    Type: 'AWS::CloudFront::Function',
    Properties: {
      Name: 'rewrite',
      AutoPublish: true,
      FunctionCode: REWRITE,
      FunctionConfig: { Comment: 'pages', Runtime: 'cloudfront-js-2.0' },
    },
  },
  Wall: {
    Type: 'AWS::WAFv2::WebACL',
    Properties: {
      Scope: 'CLOUDFRONT',
      DefaultAction: { Allow: {} },
      Rules: [],
      VisibilityConfig: { CloudWatchMetricsEnabled: true, MetricName: 'wall', SampledRequestsEnabled: false },
    },
  },
  Cdn: distribution(PAGE_FOR_WHAT_IS_NOT_THERE),
};

let started: TestSandbox;
let stack: Stack;
let url: string;
beforeAll(async () => {
  started = await startTestSandbox();
  stack = await started.sandbox.deployTemplate({ template: { Resources: RESOURCES }, stackName: 'console' });
  const domain = stack.resources.Cdn?.attributes.DomainName;
  url = started.sandbox.reachable(`https://${domain}`).replace(/\/$/, '');
  const s3 = started.sandbox.client(S3Client, { forcePathStyle: true });
  const page = (Key: string, Body: string) =>
    s3.send(new PutObjectCommand({ Bucket: 'site', Key, Body, ContentType: 'text/html' }));
  await page('index.html', '<h1>console</h1>');
  await page('docs/index.html', '<h1>docs</h1>');
});
afterAll(() => started.stop());

const eventAt = async (path: string, headers: Readonly<Record<string, string>>) =>
  (await (await fetch(`${url}${path}`, { headers })).json()) as APIGatewayProxyEventV2;

describe('a bucket', () => {
  test('is served with the root object and the headers of the policy', async () => {
    const response = await fetch(`${url}/`);

    expect([response.status, await response.text()]).toEqual([200, '<h1>console</h1>']);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'text/html',
      'content-security-policy': "default-src 'self'",
      'strict-transport-security': 'max-age=600; includeSubDomains',
      'x-content-type-options': 'nosniff',
      'x-house': 'lamp',
      'x-cache': 'Miss from cloudfront',
    });
    expect(response.headers.get('server')).toBeNull();
  });

  test('answers what is not there with the page of the error', async () => {
    const response = await fetch(`${url}/orders/7`);

    expect([response.status, await response.text()]).toEqual([200, '<h1>console</h1>']);
  });

  test('is closed to a distribution that its policy does not name', async () => {
    const deploy = (Resources: Record<string, TemplateResource>) =>
      started.sandbox.deployTemplate({ template: { Resources }, stackName: 'console' });
    await deploy({ ...RESOURCES, SitePolicy: sitePolicy('arn:x'), Cdn: distribution() });

    const closed = await fetch(`${url}/index.html`);
    await deploy(RESOURCES);

    expect([closed.status, await closed.text()]).toEqual([403, expect.stringContaining('AccessDenied')]);
    expect((await fetch(`${url}/index.html`)).status).toBe(200);
  });

  test('is read, not written', async () => {
    expect((await fetch(`${url}/index.html`, { method: 'PUT', body: 'x' })).status).toBe(403);
  });

  test('is served under the host name of the distribution', async () => {
    const { hostname, port } = new URL(started.sandbox.endpoint);
    const { host } = new URL(started.sandbox.reachableByHost(`https://${stack.resources.Cdn?.attributes.DomainName}/`));
    const headers = { host };
    const status = await new Promise((resolve, reject) => {
      httpRequest({ hostname, port, path: '/index.html', headers }, (response) => {
        response.resume();
        resolve(response.statusCode);
      })
        .once('error', reject)
        .end();
    });

    expect(host).toMatch(/\.cloudfront\.localhost:\d+$/);
    expect(status).toBe(200);
  });
});

test('a function changes the request, or answers it', async () => {
  const docs = await fetch(`${url}/docs`);
  const old = await fetch(`${url}/old`, { redirect: 'manual' });

  const broken = await fetch(`${url}/broken`);

  expect(broken.status).toBe(503);
  expect(await docs.text()).toBe('<h1>docs</h1>');
  expect([old.status, old.headers.get('location')]).toEqual([302, '/new']);
});

describe('an HTTP API', () => {
  const headers = { authorization: 'Bearer t', cookie: 'a=1', 'x-trace': '1' };

  test('is asked for its paths, with all of the viewer but the host where the policy says so', async () => {
    const event = await eventAt('/api/orders?x=1', headers);

    expect(event).toMatchObject({ rawPath: '/api/orders', rawQueryString: 'x=1', cookies: ['a=1'] });
    expect(event.headers).toMatchObject({ authorization: 'Bearer t', 'x-trace': '1', 'x-from': 'edge' });
    expect(event.headers.host).toContain('.execute-api.us-east-1.amazonaws.com');
  });

  test('is told nothing of the viewer without such a policy', async () => {
    const event = await eventAt('/bare/orders?x=1', headers);

    expect([event.rawQueryString, event.cookies, event.headers.authorization, event.headers['x-trace']]).toEqual([
      '',
      undefined,
      undefined,
      undefined,
    ]);
    expect(event.headers['user-agent']).toBe('Amazon CloudFront');
  });
});

test('what is not emulated is refused by name', async () => {
  const DistributionConfig = { Enabled: true, Aliases: ['a.example.com'] };
  const Cdn = { Type: 'AWS::CloudFront::Distribution', Properties: { DistributionConfig } };
  const deployed = started.sandbox.deployTemplate({ stackName: 'refused', template: { Resources: { Cdn } } });

  await expect(deployed).rejects.toThrow('The sandbox does not emulate DistributionConfig Aliases.');
});

test('distributions and web ACLs are read over the wire, and an invalidation is complete at once', async () => {
  const cloudfront = started.sandbox.client(CloudFrontClient);
  const waf = started.sandbox.client(WAFV2Client);
  const Id = stack.resources.Cdn?.physicalId;
  const { DistributionList } = await cloudfront.send(new ListDistributionsCommand({}));
  const { Distribution } = await cloudfront.send(new GetDistributionCommand({ Id }));
  const InvalidationBatch = { CallerReference: 'r', Paths: { Quantity: 1, Items: ['/*'] } };
  const { Invalidation } = await cloudfront.send(
    new CreateInvalidationCommand({ DistributionId: Id, InvalidationBatch }),
  );
  const { WebACLs } = await waf.send(new ListWebACLsCommand({ Scope: 'CLOUDFRONT' }));

  expect(DistributionList?.Items?.map((one) => one.Id)).toEqual([Id]);
  expect(Distribution).toMatchObject({
    Id,
    Status: 'Deployed',
    DistributionConfig: { DefaultRootObject: 'index.html' },
  });
  expect(Invalidation).toMatchObject({ Status: 'Completed', InvalidationBatch });
  expect(WebACLs?.map(({ ARN }) => ARN)).toEqual([stack.resources.Wall?.attributes.Arn]);
});
