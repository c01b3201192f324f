import { type BedrockRuntimeClient, ConverseCommand } from '@aws-sdk/client-bedrock-runtime';
import type { StructuredLogger } from '@lamplighter/lambda-kit';
import { adviceQuestion, advisedOrder } from '../domain/advise-plan.ts';
import type { AdviserPort } from '../ports.ts';

/** A repair waits no longer for a model: it is to be applied within 15 seconds. */
const TIMEOUT_MS = 4_000;

export interface BedrockAdviserOptions {
  /** Empty (the default): the rules' order stands, and nobody is asked. */
  readonly modelId: string;
  readonly logger: Pick<StructuredLogger, 'info' | 'warn'>;
  readonly timeoutMs?: number;
}

/** The optional adviser on which remedy comes first. Its tokens are logged with each answer, so that its cost can be read; slow, failing or odd answers change nothing. */
export function bedrockAdviser(
  client: Pick<BedrockRuntimeClient, 'send'>,
  { modelId, logger, timeoutMs = TIMEOUT_MS }: BedrockAdviserOptions,
): AdviserPort {
  return async (finding, remedies) => {
    if (modelId === '' || remedies.length < 2) return remedies;
    const { system, user } = adviceQuestion(finding, remedies);
    const { findingId } = finding;
    try {
      const { output, usage } = await client.send(
        new ConverseCommand({
          modelId,
          system: [{ text: system }],
          messages: [{ role: 'user', content: [{ text: user }] }],
          inferenceConfig: { maxTokens: 200, temperature: 0 },
        }),
        { abortSignal: AbortSignal.timeout(timeoutMs) },
      );
      const text = output?.message?.content?.map((block) => block.text ?? '').join('') ?? '';
      const advised = advisedOrder(remedies, text);
      logger.info('the adviser answered', { findingId, modelId, isUsed: advised !== undefined, ...usage });
      return advised ?? remedies;
    } catch (error) {
      logger.warn('the adviser did not answer', { findingId, modelId, error: error as Error });
      return remedies;
    }
  };
}
