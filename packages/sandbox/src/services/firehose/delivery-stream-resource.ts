import { physicalName } from '../../core/physical-name.ts';
import { refuseUnknownProperties } from '../../core/provided-property.ts';
import type { ResourceProvider } from '../../core/service.ts';
import { CREATE_MEMBERS, type DeliveryStreams } from './delivery-streams.ts';

/** `AWS::KinesisFirehose::DeliveryStream`: direct put into S3. */
export function deliveryStreamResource(streams: DeliveryStreams): ResourceProvider {
  return {
    async create({ logicalId, stackName, properties }) {
      refuseUnknownProperties('AWS::KinesisFirehose::DeliveryStream', properties, CREATE_MEMBERS);
      const DeliveryStreamName = properties.DeliveryStreamName ?? physicalName({ stackName, logicalId }, 64);
      const stream = streams.create({ ...properties, DeliveryStreamName });
      return { ref: stream.name, attributes: { Arn: stream.arn } };
    },
    async update(created, { properties }) {
      refuseUnknownProperties('AWS::KinesisFirehose::DeliveryStream', properties, CREATE_MEMBERS);
      if ((properties.DeliveryStreamName ?? created.ref) !== created.ref) {
        throw new Error(`The sandbox cannot rename the delivery stream ${created.ref}.`);
      }
      streams.reconfigure(streams.named(created.ref), properties);
      return created;
    },
    async delete(created) {
      streams.delete(streams.named(created.ref));
    },
  };
}
