import { webhookRequest } from '../../domain/render/webhook-request.ts';
import type { ChannelPort } from '../../ports.ts';
import { post } from './http-outcome.ts';

/** A signed POST. Its idempotency key is the same when it is repeated. Whoever has the link may answer, so it does not go out in clear text. */
export function webhookChannel(url: string, secret: string, now: () => number): ChannelPort {
  const isSecret = new URL(url).protocol === 'https:';
  return async ({ answerUrl, ...message }) => {
    const told = isSecret && answerUrl !== undefined ? { ...message, answerUrl } : message;
    const { body, headers } = webhookRequest(told, secret, now());
    const answer = await post(url, body, headers, { now });
    return answer.kind === 'answered' ? { kind: 'sent' } : answer;
  };
}
