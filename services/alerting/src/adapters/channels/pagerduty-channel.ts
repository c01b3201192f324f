import { pagerDutyEvent } from '../../domain/render/pagerduty-event.ts';
import type { ChannelPort } from '../../ports.ts';
import { post } from './http-outcome.ts';

/** PagerDuty's Events API v2; a repeated event is the same incident there. */
export function pagerDutyChannel(url: string, routingKey: string): ChannelPort {
  return async (message) => {
    const body = JSON.stringify(pagerDutyEvent(message, routingKey));
    const answer = await post(url, body, { 'content-type': 'application/json' });
    return answer.kind === 'answered' ? { kind: 'sent' } : answer;
  };
}
