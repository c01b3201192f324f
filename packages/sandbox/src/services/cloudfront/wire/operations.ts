import { randomBytes } from 'node:crypto';
import { XMLParser } from 'fast-xml-parser';
import { renderXml, type XmlValue } from '../../../core/protocols/xml.ts';
import { ApiError, type AwsService, type WireRequest, type WireResponse } from '../../../core/service.ts';
import type { CloudFrontStore } from '../config/cloudfront-store.ts';
import type { Distribution } from '../config/distribution.ts';

const XMLNS = { xmlns: 'http://cloudfront.amazonaws.com/doc/2020-05-31/' };
const PATH = /^\/2020-05-31\/distribution(?:\/([A-Z0-9]+)(\/invalidation)?)?$/;
const parser = new XMLParser({ ignoreAttributes: true, parseTagValue: false });

/** ListDistributions, GetDistribution and CreateInvalidation. Nothing is cached, so an invalidation is complete at once. */
export function wireSide(store: CloudFrontStore): Pick<AwsService, 'describe' | 'handle' | 'renderError'> {
  return {
    describe(request) {
      const { operation, id } = routeOf(request);
      const resource = id ? `arn:aws:cloudfront::${store.context.accountId}:distribution/${id}` : '*';
      const permissions = [{ action: `cloudfront:${operation}`, resource }];
      return { service: 'cloudfront', operation, permissions, input: { id } };
    },
    async handle({ operation, input }, request) {
      const { id } = input as { readonly id?: string };
      if (operation === 'ListDistributions') return xml(200, { DistributionList: listed(store) });
      const distribution = store.distributions.get(id ?? '');
      if (!distribution) throw new ApiError('NoSuchDistribution', 'The specified distribution does not exist.', 404);
      if (operation === 'GetDistribution') return xml(200, { Distribution: described(distribution) });
      return xml(201, { Invalidation: invalidated(store, request) });
    },
    renderError: ({ code, message, status }) =>
      xml(status, { ErrorResponse: { Error: { Type: 'Sender', Code: code, Message: message } } }),
  };
}

function routeOf({ method, url }: WireRequest): { operation: string; id?: string } {
  const [, id, invalidation] = PATH.exec(url.split('?')[0] ?? '') ?? [];
  const isList = PATH.test(url.split('?')[0] ?? '') && !id;
  if (method === 'GET' && isList) return { operation: 'ListDistributions' };
  if (method === 'GET' && id && !invalidation) return { operation: 'GetDistribution', id };
  if (method === 'POST' && id && invalidation) return { operation: 'CreateInvalidation', id };
  throw new ApiError('UnknownOperationException', `The sandbox has no cloudfront operation ${method} ${url}.`, 404);
}

const xml = (status: number, root: Readonly<Record<string, XmlValue>>): WireResponse => ({
  status,
  headers: { 'content-type': 'text/xml' },
  body: renderXml(root, XMLNS),
});

const summary = ({ id, arn, domainName, createdAt, config }: Distribution) => ({
  Id: id,
  ARN: arn,
  Status: 'Deployed',
  LastModifiedTime: new Date(createdAt).toISOString(),
  DomainName: domainName,
  Comment: config.comment,
  Enabled: config.isEnabled,
  WebACLId: config.webAclId ?? '',
  Origins: {
    Quantity: config.origins.length,
    Items: { Origin: config.origins.map((one) => ({ Id: one.id, DomainName: one.domainName })) },
  },
});

function listed({ distributions }: CloudFrontStore): XmlValue {
  const all = [...distributions.values()].map(summary);
  return { Marker: '', MaxItems: 100, IsTruncated: false, Quantity: all.length, Items: { DistributionSummary: all } };
}

function described(distribution: Distribution): XmlValue {
  const { Id, ARN, Status, LastModifiedTime, DomainName, ...config } = summary(distribution);
  const { defaultRootObject: DefaultRootObject } = distribution.config;
  return {
    Id,
    ARN,
    Status,
    LastModifiedTime,
    InProgressInvalidationBatches: 0,
    DomainName,
    DistributionConfig: { CallerReference: Id, DefaultRootObject, ...config },
  };
}

function invalidated({ context }: CloudFrontStore, { body }: WireRequest): XmlValue {
  const { InvalidationBatch } = parser.parse(body.toString('utf8')) as { InvalidationBatch: XmlValue };
  return {
    Id: `I${randomBytes(9).toString('hex').toUpperCase().slice(0, 13)}`,
    Status: 'Completed',
    CreateTime: new Date(context.clock.now()).toISOString(),
    InvalidationBatch,
  };
}
