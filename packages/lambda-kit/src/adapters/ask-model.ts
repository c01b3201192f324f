import { type BedrockRuntimeClient, ConverseCommand, type TokenUsage } from '@aws-sdk/client-bedrock-runtime';

/** What a model is asked, and what it may take. */
export interface ModelQuestion {
  readonly modelId: string;
  readonly system: string;
  readonly user: string;
  /** Of the answer, at most. */
  readonly maxTokens: number;
  readonly timeoutMs: number;
}

/** What a model said. */
export interface ModelAnswer {
  /** As the model wrote it, without a Markdown fence around the whole: to be checked before anything is done with it. */
  readonly text: string;
  /** What the answer cost. */
  readonly usage: TokenUsage | undefined;
}

/** One question to a model of Amazon Bedrock, without chance in the answer. Throws what the SDK throws, and where it takes too long. */
export async function askModel(
  client: Pick<BedrockRuntimeClient, 'send'>,
  { modelId, system, user, maxTokens, timeoutMs }: ModelQuestion,
): Promise<ModelAnswer> {
  const { output, usage } = await client.send(
    new ConverseCommand({
      modelId,
      system: [{ text: system }],
      messages: [{ role: 'user', content: [{ text: user }] }],
      inferenceConfig: { maxTokens, temperature: 0 },
    }),
    { abortSignal: AbortSignal.timeout(timeoutMs) },
  );
  return { text: withoutFence(output?.message?.content?.map((block) => block.text ?? '').join('') ?? ''), usage };
}

/** Models like to wrap JSON in a fence, whatever they are told. */
const withoutFence = (text: string): string => /^\s*```\w*\s*\n([\s\S]*?)\n?\s*```\s*$/.exec(text)?.[1] ?? text;

/** Errors that come again with every question until somebody changes the model's id, its access or the role. */
const REFUSALS = ['AccessDeniedException', 'ResourceNotFoundException', 'ValidationException'];

/** Whether a question was not answered because this model cannot be asked at all: a person has to know, since waiting ends it for nobody. */
export const isModelRefused = (error: unknown): boolean => error instanceof Error && REFUSALS.includes(error.name);
