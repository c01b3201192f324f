import { of, TAGS, type TypeActions, within } from './type-actions.ts';

/** What hands on: events and queues; and the alarms over all of them. */
export const MESSAGES: Readonly<Record<string, TypeActions>> = {
  'AWS::CloudWatch::Alarm': {
    actions: of('cloudwatch', 'DeleteAlarms', 'DescribeAlarms', 'PutMetricAlarm', ...TAGS),
    properties: {
      ...within('AlarmDescription', 'AlarmName', 'ComparisonOperator', 'Dimensions', 'EvaluationPeriods'),
      ...within('MetricName', 'Namespace', 'Period', 'Statistic', 'Threshold', 'TreatMissingData'),
      ...within('DatapointsToAlarm', 'Metrics', 'AlarmActions', 'OKActions'),
    },
  },
  'AWS::Events::Archive': {
    actions: of('events', 'CreateArchive', 'DeleteArchive', 'DescribeArchive', 'UpdateArchive'),
    properties: within('ArchiveName', 'Description', 'RetentionDays', 'SourceArn'),
  },
  'AWS::Events::EventBus': {
    actions: of('events', 'CreateEventBus', 'DeleteEventBus', 'DescribeEventBus', 'UpdateEventBus', ...TAGS),
    properties: within('Name'),
  },
  'AWS::Events::Rule': {
    actions: of('events', 'DeleteRule', 'DescribeRule', 'ListTargetsByRule', 'PutRule', ...TAGS),
    properties: {
      ...within('EventBusName', 'EventPattern', 'Name', 'ScheduleExpression'),
      State: of('events', 'DisableRule', 'EnableRule'),
      Targets: of('events', 'PutTargets', 'RemoveTargets'),
    },
  },
  'AWS::SNS::Subscription': {
    actions: of('sns', 'GetSubscriptionAttributes', 'Subscribe', 'Unsubscribe'),
    properties: within('Endpoint', 'Protocol', 'TopicArn'),
  },
  'AWS::SNS::Topic': {
    actions: [
      ...of('sns', 'CreateTopic', 'DeleteTopic', 'GetTopicAttributes', 'ListSubscriptionsByTopic'),
      ...of('sns', 'ListTagsForResource', 'SetTopicAttributes', 'TagResource', 'UntagResource'),
    ],
    properties: within('TopicName'),
  },
  'AWS::SNS::TopicPolicy': {
    actions: of('sns', 'GetTopicAttributes', 'SetTopicAttributes'),
    properties: within('PolicyDocument', 'Topics'),
  },
  'AWS::SQS::Queue': {
    actions: [
      ...of('sqs', 'CreateQueue', 'DeleteQueue', 'GetQueueAttributes', 'GetQueueUrl', 'SetQueueAttributes'),
      ...of('sqs', 'ListQueueTags', 'TagQueue', 'UntagQueue'),
    ],
    properties: {
      ...within('MessageRetentionPeriod', 'QueueName', 'RedrivePolicy', 'SqsManagedSseEnabled', 'VisibilityTimeout'),
    },
  },
  'AWS::SQS::QueuePolicy': {
    actions: of('sqs', 'GetQueueAttributes', 'SetQueueAttributes'),
    properties: within('PolicyDocument', 'Queues'),
  },
};
