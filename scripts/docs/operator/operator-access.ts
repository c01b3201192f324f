import type { NeededAccess } from '../deployer/needed-access.ts';
import type { WrittenCommand } from '../markdown/written-commands.ts';

const HERE = 'eu-west-1:123456789012';

type Access = (words: readonly string[]) => readonly (readonly [action: string, resource: string])[];

const optionOf = (words: readonly string[], option: string): string =>
  (words[words.indexOf(option) + 1] ?? '').replaceAll('ACCOUNT_ID', '123456789012');

const parameter = (words: readonly string[]): string => `arn:aws:ssm:${HERE}:parameter${optionOf(words, '--name')}`;
const table = (words: readonly string[]): string => `arn:aws:dynamodb:${HERE}:table/${optionOf(words, '--table-name')}`;
const EXECUTION = `arn:aws:states:${HERE}:execution:lamplighter-prod-remediation:memory-1`;
const QUEUE = `arn:aws:sqs:${HERE}:lamplighter-prod-analysis-unassessed`;
const DEAD_LETTERS = 'lamplighter-prod-dead-letters-123456789012-eu-west-1';
const SOURCE_QUEUE = `arn:aws:sqs:${HERE}:lamplighter-prod-analysis-news`;

/**
 * What IAM asks of a command of the AWS CLI, by service and operation. A move of messages receives and deletes at its source and sends to the queue that they came from.
 * Source: Service Authorization Reference, and for the move "Configure a dead-letter queue redrive" of the SQS Developer Guide.
 */
const ACCESS: Readonly<Record<string, Access>> = {
  'cloudwatch describe-alarms': () => [['cloudwatch:DescribeAlarms', `arn:aws:cloudwatch:${HERE}:alarm:*`]],
  'cloudwatch set-alarm-state': (words) => [
    ['cloudwatch:SetAlarmState', `arn:aws:cloudwatch:${HERE}:alarm:${optionOf(words, '--alarm-name')}`],
  ],
  'dynamodb delete-item': (words) => [['dynamodb:DeleteItem', table(words)]],
  'dynamodb get-item': (words) => [['dynamodb:GetItem', table(words)]],
  'dynamodb query': (words) => [['dynamodb:Query', table(words)]],
  'events start-replay': (words) => [
    ['events:StartReplay', optionOf(words, '--event-source-arn')],
    ['events:StartReplay', `arn:aws:events:${HERE}:replay/${optionOf(words, '--replay-name')}`],
  ],
  'lambda invoke': (words) => [
    ['lambda:InvokeFunction', `arn:aws:lambda:${HERE}:function:${optionOf(words, '--function-name')}`],
  ],
  'logs tail': (words) => [['logs:FilterLogEvents', `arn:aws:logs:${HERE}:log-group:${words[3] ?? ''}`]],
  'sqs get-queue-url': () => [['sqs:GetQueueUrl', QUEUE]],
  'sqs list-message-move-tasks': () => [['sqs:ListMessageMoveTasks', QUEUE]],
  'sqs receive-message': () => [['sqs:ReceiveMessage', QUEUE]],
  'sqs start-message-move-task': () => [
    ...['StartMessageMoveTask', 'ReceiveMessage', 'DeleteMessage', 'GetQueueAttributes'].map(
      (action) => [`sqs:${action}`, QUEUE] as const,
    ),
    ['sqs:SendMessage', SOURCE_QUEUE],
  ],
  'ssm get-parameter': (words) => [['ssm:GetParameter', parameter(words)]],
  'ssm put-parameter': (words) => [['ssm:PutParameter', parameter(words)]],
  'stepfunctions get-execution-history': () => [['states:GetExecutionHistory', EXECUTION]],
  'stepfunctions list-executions': (words) => [['states:ListExecutions', optionOf(words, '--state-machine-arn')]],
  'stepfunctions redrive-execution': () => [['states:RedriveExecution', EXECUTION]],
};

/** Functions that the commands of `lamplighter` invoke, by service. */
const ASKED = {
  ingestion: 'query-audit',
  analysis: 'query-findings',
  prediction: 'query-forecasts',
  alerting: 'query-alerts',
  remediation: 'query-remediations',
  console: 'query-search',
};

/** What a documented command of the AWS CLI has to be allowed. Throws where nobody looked up what it takes. */
export function operatorAccess({ place, words }: WrittenCommand): readonly NeededAccess[] {
  const access = ACCESS[words.slice(1, 3).join(' ')];
  if (access === undefined) throw new Error(`${place}: nobody looked up what ${words.slice(0, 3).join(' ')} takes.`);
  return access(words).map(([action, resource]) => ({ action, resource, context: {} }));
}

/** What the runbook says, outside its blocks, of putting a delivery in again that the archive lacks. */
export const FAILED_DELIVERIES_ACCESS: readonly NeededAccess[] = [
  ['lambda:InvokeFunction', `arn:aws:lambda:${HERE}:function:lamplighter-ingestion-prod-ingest-direct`] as const,
  ['lambda:InvokeFunction', `arn:aws:lambda:${HERE}:function:lamplighter-ingestion-prod-ingest-stream`] as const,
  ['s3:ListBucket', `arn:aws:s3:::${DEAD_LETTERS}`] as const,
  ['s3:GetObject', `arn:aws:s3:::${DEAD_LETTERS}/aws/lambda/record`] as const,
].map(([action, resource]) => ({ action, resource, context: {} }));

/** What the commands of `lamplighter` have to be allowed against a deployment. */
export const LAMPLIGHTER_ACCESS: readonly NeededAccess[] = Object.entries(ASKED).map(([service, name]) => ({
  action: 'lambda:InvokeFunction',
  resource: `arn:aws:lambda:${HERE}:function:lamplighter-${service}-prod-${name}`,
  context: {},
}));
