import { expect, test } from '@jest/globals';
import { costOfModelAnswer } from './cost-of-model-answer.ts';

const TOKENS = { inputTokens: 1_000, outputTokens: 100 };

test.each([
  ['global.anthropic.claude-haiku-5-5', (1_000 * 0.1 + 100 * 0.5) / 1e6],
  ['global.anthropic.claude-haiku-4-5-20251001-v1:0', (1_000 * 1 + 100 * 5) / 1e6],
  ['us.anthropic.claude-haiku-4-5-20251001-v1:0', ((1_000 * 1 + 100 * 5) * 1.1) / 1e6],
  [
    'arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.amazon.nova-2-lite-v1:0',
    (1_000 * 0.33 + 100 * 2.75) / 1e6,
  ],
  ['eu.amazon.nova-2-lite-v1:0', (1_000 * 0.33 + 100 * 2.75) / 1e6],
  ['global.amazon.nova-2-lite-v1:0', (1_000 * 0.3 + 100 * 2.5) / 1e6],
])('%s costs what the price book says', (modelId, usd) => {
  expect(costOfModelAnswer({ modelId, ...TOKENS })).toBeCloseTo(usd, 12);
});

test.each([
  ['a model that the book does not hold', { modelId: 'amazon.nova-lite-v1:0', ...TOKENS }],
  ['a model whose name only begins alike', { modelId: 'anthropic.claude-haiku-4-50', ...TOKENS }],
  ['a place of which the book has no price', { modelId: 'us.anthropic.claude-haiku-5-5', ...TOKENS }],
  [
    'a profile with a name of its own',
    { modelId: 'arn:aws:bedrock:us-east-1:1:application-inference-profile/a1b2', ...TOKENS },
  ],
  [
    'a prompt of more tokens than the price is for',
    { modelId: 'global.anthropic.claude-haiku-5-5', inputTokens: 100_001, outputTokens: 1 },
  ],
])('the cost of %s is not known, unless its owner tells the price', (_, answer) => {
  expect(costOfModelAnswer(answer)).toBeUndefined();
  expect(costOfModelAnswer(answer, { input: 2, output: 10 })).toBeCloseTo(
    (answer.inputTokens * 2 + answer.outputTokens * 10) / 1e6,
    12,
  );
});
