import { refuseUnknownProperties } from '../../../core/provided-property.ts';
import type { CreatedResource, ResourceProvider, ResourceRequest } from '../../../core/service.ts';
import { type CloudFrontStore, digits } from '../config/cloudfront-store.ts';
import type { Distribution } from '../config/distribution.ts';
import { objectOf } from '../config/property-reader.ts';
import { readDistribution } from '../config/read-distribution.ts';

/** `AWS::CloudFront::Distribution` */
export function distributionResource(store: CloudFrontStore): ResourceProvider {
  const configOf = ({ properties }: ResourceRequest) => {
    refuseUnknownProperties('AWS::CloudFront::Distribution', properties, ['DistributionConfig', 'Tags']);
    const config = readDistribution(objectOf(properties.DistributionConfig));
    store.assertKnown(config);
    return config;
  };
  const created = ({ id, domainName }: Distribution): CreatedResource => ({
    ref: id,
    attributes: { Id: id, DomainName: domainName },
  });
  return {
    async create(request) {
      const id = `E${digits(`${request.stackName}/${request.logicalId}`).slice(0, 13)}`;
      return created(store.create(id, configOf(request)));
    },
    async update({ ref }, request) {
      const distribution = store.distributions.get(ref)!;
      distribution.config = configOf(request);
      return created(distribution);
    },
    async delete({ ref }) {
      store.distributions.delete(ref);
    },
  };
}
