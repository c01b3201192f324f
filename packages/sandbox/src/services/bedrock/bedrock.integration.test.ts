import {
  BedrockRuntimeClient,
  ConverseCommand,
  type ConverseCommandInput,
  InvokeModelCommand,
} from '@aws-sdk/client-bedrock-runtime';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { ApiError } from '../../core/service.ts';
import { clientOfRole } from '../../testing/client-of-role.ts';
import { startTestSandbox, type TestSandbox } from '../../testing/start-test-sandbox.ts';

let started: TestSandbox;
let bedrock: BedrockRuntimeClient;
beforeAll(async () => {
  started = await startTestSandbox({ services: ['bedrock'] });
  bedrock = started.sandbox.client(BedrockRuntimeClient, { maxAttempts: 1 });
});
afterAll(() => started.stop());
afterEach(() => {
  started.sandbox.faults.clear();
  started.sandbox.peers.bedrock.answerWith(undefined);
});

const INPUT: ConverseCommandInput = {
  modelId: 'us.amazon.nova-2-lite-v1:0',
  system: [{ text: 'Be brief' }],
  messages: [{ role: 'user', content: [{ text: 'Why is it slow?' }] }],
  inferenceConfig: { maxTokens: 50 },
};
const converse = (more: Partial<ConverseCommandInput> = {}) => bedrock.send(new ConverseCommand({ ...INPUT, ...more }));

test('the model of the test answers what it is asked', async () => {
  started.sandbox.peers.bedrock.answerWith(({ modelId, messages, system, body }) =>
    JSON.stringify([modelId, messages[0]?.content[0]?.text, system[0]?.text, body.inferenceConfig]),
  );

  const { output, stopReason, usage } = await converse();

  expect(JSON.parse(output!.message!.content![0]!.text!)).toEqual([
    'us.amazon.nova-2-lite-v1:0',
    'Why is it slow?',
    'Be brief',
    { maxTokens: 50 },
  ]);
  expect(stopReason).toBe('end_turn');
  expect(usage?.totalTokens).toBe(usage!.inputTokens! + usage!.outputTokens!);
});

test('it may call tools, count tokens, and fail', async () => {
  const { bedrock: peer } = started.sandbox.peers;
  const toolUse = { toolUseId: 't', name: 'playbook', input: { memoryMb: 512 } };
  peer.answerWith(() => ({ content: [{ toolUse }], stopReason: 'tool_use', inputTokens: 7, outputTokens: 3 }));
  expect(await converse()).toMatchObject({
    output: { message: { role: 'assistant', content: [{ toolUse }] } },
    stopReason: 'tool_use',
    usage: { inputTokens: 7, outputTokens: 3, totalTokens: 10 },
  });

  peer.answerWith(() => {
    throw new ApiError('ModelErrorException', 'The model stumbled.', 424);
  });

  await expect(converse()).rejects.toMatchObject({ name: 'ModelErrorException' });
});

test('without a script there is no intelligence', async () => {
  await expect(converse()).rejects.toThrow('answerWith');
});

test('faults throttle it', async () => {
  started.sandbox.peers.bedrock.answerWith(() => 'never');
  started.sandbox.faults.inject({ service: 'bedrock', times: 1, effect: { kind: 'throttle' } });

  await expect(converse()).rejects.toMatchObject({ name: 'ThrottlingException', $metadata: { httpStatusCode: 429 } });
});

test.each([
  ['us.amazon.nova-2-lite-v1:0', 'arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.amazon.nova-2-lite-v1:0'],
  ['amazon.nova-2-lite-v1:0', 'arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-2-lite-v1:0'],
])('%s needs leave for %s', async (modelId, Resource) => {
  started.sandbox.peers.bedrock.answerWith(() => 'yes');
  const allowed = await clientOfRole(started.sandbox, BedrockRuntimeClient, [
    { Effect: 'Allow', Action: 'bedrock:InvokeModel', Resource },
  ]);
  const denied = await clientOfRole(started.sandbox, BedrockRuntimeClient, [
    { Effect: 'Allow', Action: 'bedrock:InvokeModel', Resource: `${Resource}-other` },
  ]);
  const command = new ConverseCommand({ ...INPUT, modelId });

  expect((await allowed.send(command)).output?.message?.content).toEqual([{ text: 'yes' }]);
  await expect(denied.send(command)).rejects.toThrow('bedrock:InvokeModel');
});

test('what is not emulated, or not a conversation, is an error', async () => {
  started.sandbox.peers.bedrock.answerWith(() => 'yes');
  await expect(converse({ messages: [] })).rejects.toMatchObject({ name: 'ValidationException' });

  await expect(bedrock.send(new InvokeModelCommand({ modelId: 'x', body: '{}' }))).rejects.toThrow('/model/x/invoke');
});
