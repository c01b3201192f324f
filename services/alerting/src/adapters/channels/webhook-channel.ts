import { webhookRequest } from '../../domain/render/webhook-request.ts';
import type { ChannelPort } from '../../ports.ts';
import { post } from './http-outcome.ts';

/** A signed POST. Its idempotency key is the same when it is repeated. */
export function webhookChannel(url: string, secret: string, now: () => number): ChannelPort {
  return async (message) => {
    const { body, headers } = webhookRequest(message, secret, now());
    const answer = await post(url, body, headers, { now });
    return answer.kind === 'answered' ? { kind: 'sent' } : answer;
  };
}
