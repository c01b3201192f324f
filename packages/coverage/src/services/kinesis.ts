import type { CoverageRule, ServiceRules } from '../coverage-rule.ts';
import { valueAt } from '../template.ts';
import { alarmsOn } from '../watches/alarms.ts';
import { consumersOf } from '../watches/event-sources.ts';
import { heardThrough } from '../watches/heard.ts';

const LAG = {
  namespace: 'AWS/Kinesis',
  dimension: 'StreamName',
  metrics: [
    'GetRecords.IteratorAgeMilliseconds',
    'SubscribeToShardEvent.MillisBehindLatest',
    'ReadProvisionedThroughputExceeded',
    'WriteProvisionedThroughputExceeded',
  ],
} as const;

const DESTINATIONS = ['S3', 'Redshift', 'AmazonOpenSearchService', 'AmazonOpenSearchServerless', 'Splunk'];
const MORE_DESTINATIONS = ['HttpEndpoint', 'Snowflake', 'Iceberg'];
const DELIVERY = {
  namespace: 'AWS/Firehose',
  dimension: 'DeliveryStreamName',
  metrics: [...DESTINATIONS, ...MORE_DESTINATIONS].flatMap((destination) => [
    `DeliveryTo${destination}.DataFreshness`,
    `DeliveryTo${destination}.Success`,
  ]),
};

const streamRule: CoverageRule = (stream, stack, around) => [
  {
    aspect: 'lag',
    watchedBy: [
      ...alarmsOn(stack, stream, LAG),
      ...heardThrough('consumers', consumersOf(stack, stream), stack, around),
    ],
    why: 'readers may fall behind and writers be throttled, and nobody sees it',
    mend: 'have the functions that read it watched, or put an alarm on GetRecords.IteratorAgeMilliseconds',
  },
];

const deliveryRule: CoverageRule = (delivery, stack) => {
  const logged = Object.values(delivery.Properties ?? {}).some(
    (destination) => valueAt(destination, 'CloudWatchLoggingOptions.Enabled') === true,
  );
  return [
    {
      aspect: 'delivery',
      watchedBy: [
        ...alarmsOn(stack, delivery, DELIVERY),
        ...(logged ? [{ kind: 'execution-log' as const, through: [] }] : []),
      ],
      why: 'it may fail to deliver, and nobody sees it',
      mend: 'an alarm on DeliveryToS3.DataFreshness, or CloudWatchLoggingOptions',
    },
  ];
};

export const KINESIS: ServiceRules = { service: 'Kinesis', rules: { 'AWS::Kinesis::Stream': streamRule } };

export const FIREHOSE: ServiceRules = {
  service: 'Firehose',
  rules: { 'AWS::KinesisFirehose::DeliveryStream': deliveryRule },
};
