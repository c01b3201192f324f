import type { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import type { StructuredLogger } from '@lamplighter/lambda-kit';
import { askModel, isModelRefused } from '@lamplighter/lambda-kit/ask-model';
import { costOfModelAnswer, type TokenPrice } from '@lamplighter/pricing';
import { adviceQuestion, advisedOrder } from '../domain/advise-plan.ts';
import type { AdviserPort } from '../ports.ts';

/** A repair waits no longer for a model: it is to be applied within 15 seconds. */
const TIMEOUT_MS = 4_000;

export interface BedrockAdviserOptions {
  /** Empty (the default): the rules' order stands, and nobody is asked. */
  readonly modelId: string;
  /** The owner's own, where the price book does not hold the model's; absent: the price book's. */
  readonly price?: TokenPrice | undefined;
  readonly logger: Pick<StructuredLogger, 'error' | 'info' | 'warn'>;
  readonly timeoutMs?: number;
}

/** The optional adviser on which remedy comes first. What each answer cost is logged and given with it, in tokens, and in USD where the model's price is known; slow, failing or odd answers change nothing. */
export function bedrockAdviser(
  client: Pick<BedrockRuntimeClient, 'send'>,
  { modelId, price, logger, timeoutMs = TIMEOUT_MS }: BedrockAdviserOptions,
): AdviserPort {
  return async (finding, remedies) => {
    if (modelId === '' || remedies.length < 2) return { remedies };
    const { findingId } = finding;
    const question = { modelId, ...adviceQuestion(finding, remedies), maxTokens: 200, timeoutMs };
    try {
      const { text, usage } = await askModel(client, question);
      const advised = advisedOrder(remedies, text);
      const { inputTokens = 0, outputTokens = 0 } = usage ?? {};
      const tokens = { modelId, inputTokens, outputTokens };
      const costUsd = usage && costOfModelAnswer(tokens, price);
      const advice = { ...tokens, isUsed: advised !== undefined, ...(costUsd !== undefined && { costUsd }) };
      logger.info('the adviser answered', {
        findingId,
        ...advice,
        ...(costUsd === undefined && { costUsd: 'unknown' }),
      });
      return { remedies: advised ?? remedies, advice };
    } catch (error) {
      const about = { findingId, modelId, error: error as Error };
      if (isModelRefused(error)) logger.error('the adviser cannot be asked, and will not be until its model is', about);
      else logger.warn('the adviser did not answer', about);
      return { remedies };
    }
  };
}
