import type { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import { expect, test } from '@jest/globals';
import { type PlannedRemedy, playbookNamed } from '@lamplighter/remedies';
import { findingOf } from '../../test/deployed-remediation.ts';
import { bedrockAdviser } from './bedrock-adviser.ts';

const FINDING = findingOf({ class: 'slow-down', openedAt: 0, functionName: 'rooms' });
const change = { kind: 'lambda-warm', functionName: 'rooms', environments: 1 } as const;
const REMEDIES = ['missing-index', 'aurora-capacity'].map(
  (name): PlannedRemedy => ({
    playbook: playbookNamed(name)!,
    proposal: { change, title: name, reason: '', costPerHourUsd: 0, undo: '' },
    expectedSuccess: 0.5,
  }),
);

type Send = (command: unknown, options: { readonly abortSignal: AbortSignal }) => Promise<unknown>;

function adviserOn(send: Send, modelId = 'a-model', price?: { readonly input: number; readonly output: number }) {
  const logged: unknown[] = [];
  let asked = 0;
  const client = {
    send: (command: unknown, options: { readonly abortSignal: AbortSignal }) => {
      asked += 1;
      return send(command, options);
    },
  } as unknown as BedrockRuntimeClient;
  const logger = {
    info: (...said: unknown[]) => void logged.push(said),
    warn: (...said: unknown[]) => void logged.push(said),
    error: (...said: unknown[]) => void logged.push(['error', ...said]),
  };
  const adviser = bedrockAdviser(client, { modelId, price, logger: logger as never, timeoutMs: 20 });
  return { adviser, logged, asked: () => asked };
}

const answering =
  (text: string): Send =>
  async () => ({ output: { message: { content: [{ text }] } }, usage: { inputTokens: 700, outputTokens: 9 } });

test('its order is taken, and what it cost is written down', async () => {
  const { adviser, logged } = adviserOn(answering('{"order":[1,0]}'));

  expect(await adviser(FINDING, REMEDIES)).toEqual({
    remedies: REMEDIES.toReversed(),
    advice: { modelId: 'a-model', isUsed: true, inputTokens: 700, outputTokens: 9 },
  });
  expect(logged).toEqual([
    [
      'the adviser answered',
      expect.objectContaining({ isUsed: true, inputTokens: 700, outputTokens: 9, costUsd: 'unknown' }),
    ],
  ]);
});

test.each([
  ['global.anthropic.claude-haiku-4-5-20251001-v1:0', undefined, (700 * 1 + 9 * 5) / 1e6],
  ['a-model', { input: 2, output: 10 }, (700 * 2 + 9 * 10) / 1e6],
])('what an answer of %s cost is told in dollars, too', async (modelId, price, usd) => {
  const { adviser, logged } = adviserOn(answering('{"order":[1,0]}'), modelId, price);

  const { advice } = await adviser(FINDING, REMEDIES);

  expect(advice?.costUsd).toBeCloseTo(usd, 12);
  expect(logged).toEqual([['the adviser answered', expect.objectContaining({ costUsd: advice?.costUsd })]]);
});

test('the cost of an answer that does not tell its tokens is not said to be nothing', async () => {
  const silent: Send = async () => ({ output: { message: { content: [{ text: '{"order":[1,0]}' }] } } });
  const { adviser } = adviserOn(silent, 'a-model', { input: 2, output: 10 });

  expect((await adviser(FINDING, REMEDIES)).advice).not.toHaveProperty('costUsd');
});

test.each<[string, Send]>([
  ['nonsense', answering('the index, I think')],
  ['an error', () => Promise.reject(new Error('ThrottlingException'))],
  [
    'no answer at all',
    (_, { abortSignal }) =>
      new Promise((_resolve, reject) => {
        abortSignal.addEventListener('abort', () => reject(abortSignal.reason));
      }),
  ],
])('with %s the order stays as the rules made it', async (_, send) => {
  const { adviser, logged } = adviserOn(send);

  expect((await adviser(FINDING, REMEDIES)).remedies).toEqual(REMEDIES);
  expect(logged).toHaveLength(1);
});

test('an order in a fence is an order', async () => {
  const { adviser } = adviserOn(answering('```json\n{"order":[1,0]}\n```'));
  expect((await adviser(FINDING, REMEDIES)).remedies).toEqual(REMEDIES.toReversed());
});

test('a model that the role may not ask is an error in the log, not a matter of waiting', async () => {
  const denied = Object.assign(new Error('no'), { name: 'AccessDeniedException' });
  const { adviser, logged } = adviserOn(() => Promise.reject(denied));

  expect((await adviser(FINDING, REMEDIES)).remedies).toEqual(REMEDIES);
  expect(logged).toEqual([['error', expect.stringContaining('cannot be asked'), expect.anything()]]);
});

test.each<[string, string, readonly PlannedRemedy[]]>([
  ['it is off', '', REMEDIES],
  ['there is one remedy', 'a-model', REMEDIES.slice(0, 1)],
  ['there is none', 'a-model', []],
])('nobody is asked where %s', async (_, modelId, remedies) => {
  const { adviser, asked } = adviserOn(answering('{"order":[1,0]}'), modelId);

  expect(await adviser(FINDING, remedies)).toEqual({ remedies });
  expect(asked()).toBe(0);
});
