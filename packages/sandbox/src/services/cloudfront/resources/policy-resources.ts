import { createHash } from 'node:crypto';
import { refuseUnknownProperties } from '../../../core/provided-property.ts';
import type { CreatedResource, ResourceProvider, ResourceRequest } from '../../../core/service.ts';
import { type CloudFrontStore, digits } from '../config/cloudfront-store.ts';
import { type Given, isTrue, objectOf, refuseOthers } from '../config/property-reader.ts';
import { readCachePolicy, readOriginRequestPolicy } from '../config/read-forwarding-policy.ts';
import { readResponseHeadersPolicy } from '../config/read-response-headers-policy.ts';

/** A resource that is one configuration under an id. */
function configured<T>(type: string, kept: Map<string, T>, read: (config: Given) => T): ResourceProvider {
  const member = `${type.split('::')[2]}Config`;
  const put = (id: string, { properties }: ResourceRequest): CreatedResource => {
    refuseUnknownProperties(type, properties, [member]);
    kept.set(id, read(objectOf(properties[member])));
    return { ref: id, attributes: { Id: id } };
  };
  return {
    create: async (request) => put(policyId(request), request),
    update: async ({ ref }, request) => put(ref, request),
    async delete({ ref }) {
      kept.delete(ref);
    },
  };
}

/** A UUID that is the same on every run. */
function policyId({ stackName, logicalId }: ResourceRequest): string {
  const hex = createHash('sha256').update(`${stackName}/${logicalId}`).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-');
}

export const policyResources = (store: CloudFrontStore): Readonly<Record<string, ResourceProvider>> => ({
  'AWS::CloudFront::CachePolicy': configured('AWS::CloudFront::CachePolicy', store.policies, readCachePolicy),
  'AWS::CloudFront::OriginRequestPolicy': configured(
    'AWS::CloudFront::OriginRequestPolicy',
    store.policies,
    readOriginRequestPolicy,
  ),
  'AWS::CloudFront::ResponseHeadersPolicy': configured(
    'AWS::CloudFront::ResponseHeadersPolicy',
    store.responseHeaders,
    readResponseHeadersPolicy,
  ),
  'AWS::CloudFront::OriginAccessControl': configured(
    'AWS::CloudFront::OriginAccessControl',
    store.accessControls,
    readAccessControl,
  ),
});

function readAccessControl(given: Given): string {
  const known = ['Name', 'Description', 'OriginAccessControlOriginType', 'SigningBehavior', 'SigningProtocol'];
  refuseOthers('OriginAccessControlConfig', given, known);
  if (given.OriginAccessControlOriginType !== 's3' || given.SigningBehavior !== 'always') {
    throw new Error('The sandbox emulates origin access controls of S3 that always sign.');
  }
  return String(given.Name);
}

/** `AWS::CloudFront::Function`: published at once, as `AutoPublish` asks for. */
export function functionResource(store: CloudFrontStore): ResourceProvider {
  const TYPE = 'AWS::CloudFront::Function';
  const put = ({ properties, stackName, logicalId }: ResourceRequest): CreatedResource => {
    refuseUnknownProperties(TYPE, properties, ['Name', 'AutoPublish', 'FunctionCode', 'FunctionConfig']);
    refuseOthers(`${TYPE} FunctionConfig`, objectOf(properties.FunctionConfig), ['Comment', 'Runtime']);
    if (!isTrue(properties.AutoPublish)) throw new Error(`${TYPE} is emulated with AutoPublish alone.`);
    const name = String(properties.Name ?? `${logicalId}-${digits(stackName).slice(0, 12)}`);
    const arn = `arn:aws:cloudfront::${store.context.accountId}:function/${name}`;
    store.functions.set(arn, { arn, name, code: String(properties.FunctionCode) });
    return { ref: arn, attributes: { FunctionARN: arn, 'FunctionMetadata.FunctionARN': arn, Stage: 'LIVE' } };
  };
  return {
    create: async (request) => put(request),
    update: async (_created, request) => put(request),
    async delete({ ref }) {
      store.functions.delete(ref);
    },
  };
}
