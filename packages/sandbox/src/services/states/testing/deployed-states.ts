import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  GetExecutionHistoryCommand,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { DeleteMessageCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { startTestSandbox } from '../../../testing/start-test-sandbox.ts';
import { codeArtifact, statesTemplate } from './states-template.ts';

export const echoArn = 'arn:aws:lambda:us-east-1:123456789012:function:echo';
const roleArn = 'arn:aws:iam::123456789012:role/machine-role';

/** A sandbox with the stack of `states-template.ts`, and short words for what tests do with its machines. */
export async function deployStates() {
  const { sandbox, clock, stop } = await startTestSandbox();
  const stack = await sandbox.deployTemplate({ stackName: 'states', template: statesTemplate, artifact: codeArtifact });
  const sfn = sandbox.client(SFNClient, { maxAttempts: 1, disableHostPrefix: true });
  let machines = 0;

  const create = async (states: object, type: 'STANDARD' | 'EXPRESS' = 'STANDARD', more: object = {}) => {
    const definition = JSON.stringify({ StartAt: Object.keys(states)[0], States: states, ...more });
    const name = `machine-${++machines}`;
    const created = await sfn.send(new CreateStateMachineCommand({ name, roleArn, definition, type }));
    return created.stateMachineArn ?? '';
  };
  const start = async (stateMachineArn: string, input: unknown = {}, name?: string) => {
    const request = { stateMachineArn, input: JSON.stringify(input), ...(name === undefined ? {} : { name }) };
    return (await sfn.send(new StartExecutionCommand(request))).executionArn ?? '';
  };
  const inspect = (executionArn: string) => sfn.send(new DescribeExecutionCommand({ executionArn }));
  /** Runs to the end without moving the clock. */
  const run = async (states: object, input: unknown = {}) => {
    const executionArn = await start(await create(states), input);
    await sandbox.idle();
    return inspect(executionArn);
  };
  const typesOf = async (executionArn: string): Promise<readonly string[]> =>
    ((await sfn.send(new GetExecutionHistoryCommand({ executionArn }))).events ?? []).map(({ type }) => type ?? '');
  /** Takes what is in a queue. */
  const messages = async (QueueUrl: string) => {
    const sqs = sandbox.client(SQSClient);
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
    for (const { ReceiptHandle } of Messages) await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
    return Messages;
  };
  const greeter = stack.resources.Greeter?.physicalId ?? '';
  const queueUrl = stack.resources.Queue?.physicalId ?? '';
  return { sandbox, clock, stop, sfn, greeter, queueUrl, create, start, inspect, run, typesOf, messages };
}
