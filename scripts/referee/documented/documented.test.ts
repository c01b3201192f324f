import { describe, expect, test } from '@jest/globals';
import { isTooOldFor } from './expected-answers.ts';
import { wordsForSandbox } from './words-for-sandbox.ts';

const PLACES = { accountId: '123456789012', region: 'us-east-1', stage: 'dev', queueUrl: 'http://127.0.0.1:1/q' };

describe("a documented command in the sandbox's words", () => {
  test.each([
    ['aws sqs receive-message --queue-url QUEUE_URL', 'sqs receive-message --queue-url http://127.0.0.1:1/q'],
    [
      'aws x y arn:aws:sqs:eu-west-1:ACCOUNT_ID:lamplighter-prod-a',
      'x y arn:aws:sqs:us-east-1:123456789012:lamplighter-dev-a',
    ],
    [
      'aws cloudwatch set-alarm-state --alarm-name NAME',
      'cloudwatch set-alarm-state --alarm-name lamplighter-dev-ingest-errors',
    ],
    ['aws logs tail /aws/lambda/NAME > x.json', 'logs tail /aws/lambda/lamplighter-ingestion-dev-query-audit'],
    ['aws a b --value file://settings/prod.policy.json', 'a b --value file://services/alerting/config/example.json'],
    ['aws lambda invoke --function-name f /dev/stdout', 'lambda invoke --function-name f /dev/null'],
    [
      'aws ssm put-parameter --alarm-name RENAME --value production',
      'ssm put-parameter --alarm-name RENAME --value production',
    ],
  ])('%s', (written, tried) => {
    expect(wordsForSandbox(written.split(' '), PLACES).join(' ')).toBe(tried);
  });
});

test('an operation is asked of an AWS CLI that has it', () => {
  expect(isTooOldFor('sqs start-message-move-task', '2.9.19')).toBe(true);
  expect(isTooOldFor('sqs start-message-move-task', '2.12.0')).toBe(false);
  expect(isTooOldFor('sqs start-message-move-task', '2.31.2')).toBe(false);
  expect(isTooOldFor('sqs get-queue-url', '2.0.0')).toBe(false);
});
