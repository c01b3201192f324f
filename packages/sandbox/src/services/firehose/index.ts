import { jsonService } from '../../core/protocols/json-protocol.ts';
import type { Emulated, ServiceContext } from '../../core/service.ts';
import { deliveryStreamResource } from './delivery-stream-resource.ts';
import { DeliveryStreams } from './delivery-streams.ts';
import type { FirehosePeer } from './firehose-peer.ts';
import { recordOperations } from './record-operations.ts';
import { streamOperations } from './stream-operations.ts';

/** Amazon Data Firehose: direct put into S3, buffered by the injected clock. */
export function createFirehose(context: ServiceContext): Emulated<FirehosePeer> {
  const streams = new DeliveryStreams(context);
  const service = jsonService({
    signingName: 'firehose',
    targetPrefix: 'Firehose_20150804',
    version: '1.1',
    operations: { ...streamOperations(streams), ...recordOperations(streams) },
    resources: { 'AWS::KinesisFirehose::DeliveryStream': deliveryStreamResource(streams) },
    stop: async () => {
      for (const stream of streams.all()) stream.stop();
    },
  });
  const peer: FirehosePeer = {
    async flush() {
      await Promise.all(streams.all().map((stream) => stream.flush()));
    },
    put: async (deliveryStreamArn, data) => streams.named(deliveryStreamArn).put(data),
  };
  return { service, peer };
}
