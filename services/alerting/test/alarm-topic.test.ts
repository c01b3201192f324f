import { createRequire } from 'node:module';
import { expect, test } from '@jest/globals';

const AlarmTopic = createRequire(import.meta.url)('../plugins/alarm-topic.cjs');
const TOPIC = 'arn:aws:sns:eu-west-1:123456789012:on-call';

const actionsFor = (alarmTopicArn: string) => AlarmTopic.actions({ resolveVariable: async () => alarmTopicArn });

function warningsOf(actions: readonly string[], stage = 'prod'): string[] {
  const warnings: string[] = [];
  const alarm = { Type: 'AWS::CloudWatch::Alarm', Properties: { AlarmActions: actions } };
  const serverless = {
    service: { resources: { Resources: { Absent: alarm, Table: { Type: 'AWS::DynamoDB::Table' } } } },
    getProvider: () => ({ getStage: () => stage }),
  };
  const log = { warning: (text: string) => warnings.push(text) };
  new AlarmTopic(serverless, {}, { log }).hooks['after:deploy:deploy']();
  return warnings;
}

test('the alarms over the path tell the topic of the settings, and no other thing', async () => {
  expect(await actionsFor(TOPIC)).toEqual([TOPIC]);
  expect(await actionsFor('')).toEqual([]);
  await expect(actionsFor('on-call')).rejects.toThrow('has to be the ARN of an SNS topic, not on-call');
});

test('a deploy without a topic says aloud that nobody would hear', () => {
  expect(warningsOf([])).toEqual([expect.stringContaining('settings/prod.yml as alerting.alarmTopicArn')]);
  expect(warningsOf([TOPIC])).toEqual([]);
  expect(warningsOf([], 'dev')).toEqual([]);
});
