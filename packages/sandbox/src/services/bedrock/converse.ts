import type { RestJsonInput, RestJsonOperation } from '../../core/protocols/rest-json-protocol.ts';
import { ApiError, type ServiceContext } from '../../core/service.ts';
import type { ModelAnswer, ModelRequest, ScriptedModel } from './scripted-model.ts';

/** A token has about four characters of English; used only where the script counts none. */
const CHARACTERS_PER_TOKEN = 4;
const REGIONAL_PROFILE = /^(?:us|eu|apac|jp|au|global)\./;

/** Converse, answered by the model of the test. Source: Amazon Bedrock API Reference, Converse. */
export function converseOperation(model: () => ScriptedModel | undefined, context: ServiceContext): RestJsonOperation {
  return {
    method: 'POST',
    route: '/model/{modelId}/converse',
    permissions: ({ path }) => [{ action: 'bedrock:InvokeModel', resource: modelArn(String(path.modelId), context) }],
    async handle({ path, body }: RestJsonInput) {
      const scripted = model();
      if (!scripted)
        throw new ApiError(
          'ResourceNotFoundException',
          `The sandbox has no model of its own: give it one with peers.bedrock.answerWith(). Asked for: ${path.modelId}`,
          404,
        );
      const request = readRequest(String(path.modelId), body);
      const began = performance.now();
      const answer = await scripted(request);
      return output(request, answer, Math.round(performance.now() - began));
    },
  };
}

function readRequest(modelId: string, body: RestJsonInput['body']): ModelRequest {
  const { messages, system = [] } = body as unknown as Partial<ModelRequest>;
  if (!Array.isArray(messages) || messages.length === 0 || messages[0]?.role !== 'user')
    throw new ApiError('ValidationException', 'A conversation must start with a user message.');
  return { modelId, messages, system, body };
}

function output(request: ModelRequest, answer: ModelAnswer, latencyMs: number) {
  const {
    content,
    stopReason = 'end_turn',
    ...counted
  } = typeof answer === 'string' ? { content: [{ text: answer }] } : answer;
  const inputTokens = counted.inputTokens ?? tokensIn([request.system, request.messages]);
  const outputTokens = counted.outputTokens ?? tokensIn(content);
  return {
    output: { message: { role: 'assistant', content } },
    stopReason,
    usage: { inputTokens, outputTokens, totalTokens: inputTokens + outputTokens },
    metrics: { latencyMs },
  };
}

/** Tokens of every text below a value. */
function tokensIn(value: unknown): number {
  if (typeof value === 'string') return Math.ceil(value.length / CHARACTERS_PER_TOKEN);
  if (typeof value !== 'object' || value === null) return 0;
  return Object.values(value).reduce((sum: number, member) => sum + tokensIn(member), 0);
}

/** Foundation models belong to AWS, inference profiles to the account. */
function modelArn(modelId: string, { region, accountId }: ServiceContext): string {
  if (modelId.startsWith('arn:')) return modelId;
  return REGIONAL_PROFILE.test(modelId)
    ? `arn:aws:bedrock:${region}:${accountId}:inference-profile/${modelId}`
    : `arn:aws:bedrock:${region}::foundation-model/${modelId}`;
}
