import type { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import type { StructuredLogger } from '@lamplighter/lambda-kit';
import { askModel, isModelRefused } from '@lamplighter/lambda-kit/ask-model';
import { adviceQuestion, adviseFinding } from '../domain/advice.ts';
import type { AdviserPort } from '../ports.ts';

/** The finding has waited for nobody else; it does not wait long for a model. */
const TIMEOUT_MS = 4_000;

/**
 * The optional adviser. With no model (the default) findings stay as the rules wrote them. With one, its tokens are logged with each answer, so that its cost
 * can be read; slow, failing or inventing answers change nothing. A model that cannot be asked at all is an error in the log: nobody would miss it otherwise.
 */
export function bedrockAdviser(
  client: Pick<BedrockRuntimeClient, 'send'>,
  modelId: string,
  logger: Pick<StructuredLogger, 'error' | 'info' | 'warn'>,
): AdviserPort {
  if (modelId === '') return async (finding) => finding;
  return async (finding) => {
    const question = { modelId, ...adviceQuestion(finding), maxTokens: 600, timeoutMs: TIMEOUT_MS };
    try {
      const { text, usage } = await askModel(client, question);
      const advised = adviseFinding(finding, text, modelId);
      logger.info('the adviser answered', { findingId: finding.findingId, isUsed: advised !== undefined, ...usage });
      return advised ?? finding;
    } catch (error) {
      const about = { findingId: finding.findingId, modelId, error: error as Error };
      if (isModelRefused(error)) logger.error('the adviser cannot be asked, and will not be until its model is', about);
      else logger.warn('the adviser did not answer', about);
      return finding;
    }
  };
}
