import type { Template, TemplateResource } from '../../../cloudformation/template.ts';

/** A function with a role of its own, both under the name. */
export function functionResources(name: string, code: string, properties = {}): Record<string, TemplateResource> {
  const trust = { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' };
  return {
    [`${name}Role`]: {
      Type: 'AWS::IAM::Role',
      Properties: { AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [trust] } },
    },
    [name]: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        Runtime: 'nodejs24.x',
        Handler: 'index.handler',
        Role: { 'Fn::GetAtt': [`${name}Role`, 'Arn'] },
        Code: { ZipFile: code },
        Timeout: 29,
        ...properties,
      },
    },
    [`${name}Permission`]: {
      Type: 'AWS::Lambda::Permission',
      Properties: {
        FunctionName: { 'Fn::GetAtt': [name, 'Arn'] },
        Action: 'lambda:InvokeFunction',
        Principal: 'apigateway.amazonaws.com',
        SourceArn: { 'Fn::Sub': 'arn:aws:execute-api:${AWS::Region}:${AWS::AccountId}:${Api}/*' },
      },
    },
  };
}

export const integration = (functionName: string, properties = {}): TemplateResource => ({
  Type: 'AWS::ApiGatewayV2::Integration',
  Properties: {
    ApiId: { Ref: 'Api' },
    IntegrationType: 'AWS_PROXY',
    IntegrationUri: { 'Fn::GetAtt': [functionName, 'Arn'] },
    PayloadFormatVersion: '2.0',
    TimeoutInMillis: 30_000,
    ...properties,
  },
});

export const route = (routeKey: string, integrationName: string, properties = {}): TemplateResource => ({
  Type: 'AWS::ApiGatewayV2::Route',
  Properties: {
    ApiId: { Ref: 'Api' },
    RouteKey: routeKey,
    Target: { 'Fn::Join': ['/', ['integrations', { Ref: integrationName }]] },
    ...properties,
  },
});

export const lambdaAuthorizer = (name: string, functionName: string, properties = {}): TemplateResource => ({
  Type: 'AWS::ApiGatewayV2::Authorizer',
  Properties: {
    ApiId: { Ref: 'Api' },
    Name: name,
    AuthorizerType: 'REQUEST',
    AuthorizerPayloadFormatVersion: '2.0',
    AuthorizerUri: {
      'Fn::Sub': [
        'arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Arn}/invocations',
        { Arn: { 'Fn::GetAtt': [functionName, 'Arn'] } },
      ],
    },
    ...properties,
  },
});

export const stage = (properties = {}): TemplateResource => ({
  Type: 'AWS::ApiGatewayV2::Stage',
  Properties: { ApiId: { Ref: 'Api' }, StageName: '$default', AutoDeploy: true, ...properties },
});

export const api = (properties = {}): TemplateResource => ({
  Type: 'AWS::ApiGatewayV2::Api',
  Properties: { Name: 'pets', ProtocolType: 'HTTP', ...properties },
});

export const templateOf = (Resources: Record<string, TemplateResource>): Template => ({ Resources });
