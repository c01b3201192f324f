import type { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import type { StructuredLogger } from '@lamplighter/lambda-kit';
import { askModel, isModelRefused } from '@lamplighter/lambda-kit/ask-model';
import { adviceQuestion, advisedOrder } from '../domain/advise-plan.ts';
import type { AdviserPort } from '../ports.ts';

/** A repair waits no longer for a model: it is to be applied within 15 seconds. */
const TIMEOUT_MS = 4_000;

export interface BedrockAdviserOptions {
  /** Empty (the default): the rules' order stands, and nobody is asked. */
  readonly modelId: string;
  readonly logger: Pick<StructuredLogger, 'error' | 'info' | 'warn'>;
  readonly timeoutMs?: number;
}

/** The optional adviser on which remedy comes first. Its tokens are logged and given with each answer, so that its cost can be read; slow, failing or odd answers change nothing. */
export function bedrockAdviser(
  client: Pick<BedrockRuntimeClient, 'send'>,
  { modelId, logger, timeoutMs = TIMEOUT_MS }: BedrockAdviserOptions,
): AdviserPort {
  return async (finding, remedies) => {
    if (modelId === '' || remedies.length < 2) return { remedies };
    const { findingId } = finding;
    const question = { modelId, ...adviceQuestion(finding, remedies), maxTokens: 200, timeoutMs };
    try {
      const { text, usage } = await askModel(client, question);
      const advised = advisedOrder(remedies, text);
      const { inputTokens = 0, outputTokens = 0 } = usage ?? {};
      const advice = { modelId, isUsed: advised !== undefined, inputTokens, outputTokens };
      logger.info('the adviser answered', { findingId, ...advice });
      return { remedies: advised ?? remedies, advice };
    } catch (error) {
      const about = { findingId, modelId, error: error as Error };
      if (isModelRefused(error)) logger.error('the adviser cannot be asked, and will not be until its model is', about);
      else logger.warn('the adviser did not answer', about);
      return { remedies };
    }
  };
}
