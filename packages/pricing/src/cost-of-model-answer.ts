import { type PriceKey, usdOf } from './price-book.ts';

/** An answer of a model of Amazon Bedrock, as Converse tells its `usage`. */
export interface ModelAnswerTokens {
  /** Of a model (`amazon.nova-2-lite-v1:0`) or of an inference profile (`global.…`, `us.…`), or the ARN of either. */
  readonly modelId: string;
  readonly inputTokens: number;
  readonly outputTokens: number;
}

/** USD of a million tokens. */
export interface TokenPrice {
  readonly input: number;
  readonly output: number;
}

const MILLION = 1e6;
/** Longer prompts have other prices, which the book does not hold. */
const MOST_INPUT_TOKENS = 100_000;

interface KnownModel {
  readonly named: RegExp;
  readonly input: PriceKey;
  readonly output: PriceKey;
  /** What a call that does not go through the global profile costs more, as a factor; absent: not known. */
  readonly elsewhere?: number;
}

const MODELS: readonly KnownModel[] = [
  {
    named: /^anthropic\.claude-haiku-5-5\b/,
    input: 'bedrock.claude_haiku_5_5_input',
    output: 'bedrock.claude_haiku_5_5_output',
  },
  {
    named: /^anthropic\.claude-haiku-4-5\b/,
    input: 'bedrock.claude_haiku_4_5_input',
    output: 'bedrock.claude_haiku_4_5_output',
    elsewhere: 1.1,
  },
  {
    named: /^amazon\.nova-2-lite\b/,
    input: 'bedrock.nova_2_lite_input',
    output: 'bedrock.nova_2_lite_output',
    elsewhere: 1.1,
  },
];

/** Geographies of inference profiles: https://docs.aws.amazon.com/bedrock/latest/userguide/inference-profiles-support.html */
const PROFILE = /^(global|us|eu|apac|jp|au|ca|us-gov)\./;

/** USD of one answer: at the owner's own price, else at the price book's; undefined where neither is known, which is not nothing. */
export function costOfModelAnswer(answer: ModelAnswerTokens, own?: TokenPrice): number | undefined {
  const price = own ?? listPrice(answer);
  if (price === undefined) return undefined;
  return (answer.inputTokens * price.input + answer.outputTokens * price.output) / MILLION;
}

function listPrice({ modelId, inputTokens }: ModelAnswerTokens): TokenPrice | undefined {
  const name = modelId.slice(modelId.lastIndexOf('/') + 1);
  const model = MODELS.find(({ named }) => named.test(name.replace(PROFILE, '')));
  const factor = name.startsWith('global.') ? 1 : model?.elsewhere;
  if (model === undefined || factor === undefined || inputTokens > MOST_INPUT_TOKENS) return undefined;
  return { input: usdOf(model.input) * factor, output: usdOf(model.output) * factor };
}
