import { usdOf } from '../price-book.ts';
import { type ChargeRule, hourly, type PricedResource } from './charge-rule.ts';

const INCLUDED_RETENTION_HOURS = 24;
const EXTENDED_RETENTION_HOURS = 7 * 24;

/** What Kinesis streams cost while nothing flows. */
export const STREAM_CHARGES: Readonly<Record<string, ChargeRule>> = {
  'AWS::Kinesis::Stream': (resource) => {
    if (isOnDemand(resource)) {
      const usd = usdOf('kinesis.ondemand_stream_hour');
      return hourly(usd, `an on-demand stream at $${usd} per hour`);
    }
    const retention = resource.number('RetentionPeriodHours', INCLUDED_RETENTION_HOURS);
    if (retention > EXTENDED_RETENTION_HOURS) throw resource.unpriced('it keeps records for longer than seven days.');
    const shards = resource.number('ShardCount', 1);
    const extended = retention > INCLUDED_RETENTION_HOURS ? usdOf('kinesis.extended_retention_shard_hour') : 0;
    const usd = usdOf('kinesis.provisioned_shard_hour') + extended;
    return hourly(shards * usd, `${shards} shards at $${usd} per hour`);
  },
  'AWS::Kinesis::StreamConsumer': (resource) => {
    const stream = resource.referenced(resource.raw('StreamARN'));
    if (!stream) throw resource.unpriced('its stream is not in the template, so that its shards are not known.');
    if (isOnDemand(stream)) return hourly(0, 'billed per GB read');
    const shards = stream.number('ShardCount', 1);
    const usd = usdOf('kinesis.efo_consumer_shard_hour');
    return hourly(shards * usd, `an enhanced consumer of ${shards} shards at $${usd} per hour`);
  },
};

function isOnDemand(stream: PricedResource): boolean {
  return stream.text('StreamModeDetails.StreamMode', 'PROVISIONED') === 'ON_DEMAND';
}
