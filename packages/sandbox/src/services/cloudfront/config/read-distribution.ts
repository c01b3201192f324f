import type { CacheBehavior, CustomErrorResponse, DistributionConfig, Origin } from './distribution.ts';
import { type Given, isTrue, listIn, objectOf, refuseOthers, textsIn } from './property-reader.ts';

const CONFIG = [
  'Enabled',
  'Comment',
  'DefaultRootObject',
  'Origins',
  'DefaultCacheBehavior',
  'CacheBehaviors',
  'CustomErrorResponses',
  'HttpVersion',
  'IPV6Enabled',
  'PriceClass',
  'ViewerCertificate',
  'Restrictions',
  'WebACLId',
];
const ORIGIN = [
  'Id',
  'DomainName',
  'OriginPath',
  'S3OriginConfig',
  'CustomOriginConfig',
  'OriginAccessControlId',
  'OriginCustomHeaders',
  'ConnectionAttempts',
  'ConnectionTimeout',
];
const BEHAVIOR = [
  'PathPattern',
  'TargetOriginId',
  'ViewerProtocolPolicy',
  'AllowedMethods',
  'CachedMethods',
  'Compress',
  'CachePolicyId',
  'OriginRequestPolicyId',
  'ResponseHeadersPolicyId',
  'FunctionAssociations',
];

/** Reads `DistributionConfig`. Throws for what is not emulated, by name: aliases, logging, Lambda@Edge, origin groups, forwarded values. */
export function readDistribution(given: Given): DistributionConfig {
  refuseOthers('DistributionConfig', given, CONFIG);
  refuseOthers('ViewerCertificate', objectOf(given.ViewerCertificate), [
    'CloudFrontDefaultCertificate',
    'MinimumProtocolVersion',
  ]);
  const geo = objectOf(objectOf(given.Restrictions).GeoRestriction).RestrictionType ?? 'none';
  if (geo !== 'none') throw new Error(`The sandbox does not emulate GeoRestriction ${String(geo)}.`);
  const origins = listIn(given.Origins).map(originOf);
  const behaviors = [
    ...listIn(given.CacheBehaviors).map((one) => behaviorOf(one, String(one.PathPattern))),
    behaviorOf(objectOf(given.DefaultCacheBehavior), '*'),
  ];
  for (const { targetOriginId } of behaviors) {
    if (!origins.some(({ id }) => id === targetOriginId)) throw new Error(`No origin has the id ${targetOriginId}.`);
  }
  return {
    isEnabled: isTrue(given.Enabled),
    comment: String(given.Comment ?? ''),
    defaultRootObject: String(given.DefaultRootObject ?? ''),
    origins,
    behaviors,
    errors: listIn(given.CustomErrorResponses).map(errorOf),
    ...(given.WebACLId ? { webAclId: String(given.WebACLId) } : {}),
  };
}

function originOf(given: Given): Origin {
  refuseOthers('Origin', given, ORIGIN);
  const custom = objectOf(given.CustomOriginConfig);
  const headers = listIn(given.OriginCustomHeaders).map((one) => [String(one.HeaderName), String(one.HeaderValue)]);
  const identity = objectOf(given.S3OriginConfig).OriginAccessIdentity;
  if (identity) throw new Error('The sandbox does not emulate OriginAccessIdentity: use an OriginAccessControl.');
  return {
    id: String(given.Id),
    domainName: String(given.DomainName),
    originPath: String(given.OriginPath ?? ''),
    isS3: given.S3OriginConfig !== undefined,
    protocol: custom.OriginProtocolPolicy === 'http-only' ? 'http' : 'https',
    customHeaders: Object.fromEntries(headers) as Record<string, string>,
    ...(given.OriginAccessControlId ? { accessControlId: String(given.OriginAccessControlId) } : {}),
  };
}

function behaviorOf(given: Given, pathPattern: string): CacheBehavior {
  refuseOthers('CacheBehavior', given, BEHAVIOR);
  if (!given.CachePolicyId) throw new Error(`The behavior for ${pathPattern} needs a CachePolicyId.`);
  const functions = new Map(
    listIn(given.FunctionAssociations).map(({ EventType, FunctionARN }) => [String(EventType), String(FunctionARN)]),
  );
  const viewerRequestArn = functions.get('viewer-request');
  const viewerResponseArn = functions.get('viewer-response');
  const methods = textsIn(given.AllowedMethods);
  return {
    pathPattern,
    targetOriginId: String(given.TargetOriginId),
    allowedMethods: methods.length > 0 ? methods : ['GET', 'HEAD'],
    cachePolicyId: String(given.CachePolicyId),
    ...(given.OriginRequestPolicyId ? { originRequestPolicyId: String(given.OriginRequestPolicyId) } : {}),
    ...(given.ResponseHeadersPolicyId ? { responseHeadersPolicyId: String(given.ResponseHeadersPolicyId) } : {}),
    ...(viewerRequestArn ? { viewerRequestArn } : {}),
    ...(viewerResponseArn ? { viewerResponseArn } : {}),
  };
}

function errorOf(given: Given): CustomErrorResponse {
  refuseOthers('CustomErrorResponse', given, ['ErrorCode', 'ResponseCode', 'ResponsePagePath', 'ErrorCachingMinTTL']);
  const errorCode = Number(given.ErrorCode);
  return {
    errorCode,
    responseCode: Number(given.ResponseCode ?? errorCode),
    pagePath: String(given.ResponsePagePath ?? ''),
  };
}
