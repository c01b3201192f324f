import type { Emulated, ServiceContext } from '../../core/service.ts';
import { CloudFrontStore } from './config/cloudfront-store.ts';
import { Edge } from './edge/edge.ts';
import { distributionResource } from './resources/distribution-resource.ts';
import { functionResource, policyResources } from './resources/policy-resources.ts';
import { wireSide } from './wire/operations.ts';

/** CloudFront: distributions over buckets and HTTP APIs, at a path or a host name of the sandbox's port. No cache, no TLS. */
export function createCloudFront(context: ServiceContext): Emulated {
  const store = new CloudFrontStore(context);
  return {
    peer: undefined,
    service: {
      signingName: 'cloudfront',
      ...wireSide(store),
      door: new Edge(store),
      resources: {
        'AWS::CloudFront::Distribution': distributionResource(store),
        'AWS::CloudFront::Function': functionResource(store),
        ...policyResources(store),
      },
    },
  };
}
