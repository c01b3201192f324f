import { lifeOf, of, TAGS, type TypeActions, within } from './type-actions.ts';

const REST = of('apigateway', 'DELETE', 'GET', 'PATCH', 'POST', 'PUT');

/** What the internet reaches: HTTP APIs, and the console's distribution. */
export const WEB: Readonly<Record<string, TypeActions>> = {
  'AWS::ApiGatewayV2::Api': { actions: REST, properties: within('Name', 'ProtocolType', 'Tags') },
  'AWS::ApiGatewayV2::Authorizer': {
    actions: REST,
    properties: within('ApiId', 'AuthorizerType', 'IdentitySource', 'JwtConfiguration', 'Name'),
  },
  'AWS::ApiGatewayV2::Integration': {
    actions: REST,
    properties: within('ApiId', 'IntegrationType', 'IntegrationUri', 'PayloadFormatVersion', 'TimeoutInMillis'),
  },
  'AWS::ApiGatewayV2::Route': {
    actions: REST,
    properties: within('ApiId', 'AuthorizationType', 'RouteKey', 'Target'),
  },
  'AWS::ApiGatewayV2::Stage': {
    actions: REST,
    properties: within('ApiId', 'AutoDeploy', 'DefaultRouteSettings', 'StageName', 'Tags'),
  },
  'AWS::CloudFront::Distribution': {
    actions: [
      ...of('cloudfront', 'CreateDistribution', 'DeleteDistribution', 'GetDistribution', 'GetDistributionConfig'),
      ...of('cloudfront', 'UpdateDistribution', ...TAGS),
    ],
    properties: within('DistributionConfig'),
  },
  'AWS::CloudFront::OriginAccessControl': {
    actions: lifeOf('cloudfront', 'OriginAccessControl'),
    properties: within('OriginAccessControlConfig'),
  },
  'AWS::CloudFront::ResponseHeadersPolicy': {
    actions: lifeOf('cloudfront', 'ResponseHeadersPolicy'),
    properties: within('ResponseHeadersPolicyConfig'),
  },
};
