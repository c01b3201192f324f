import { teamsCard } from '../../domain/render/teams-card.ts';
import type { ChannelPort } from '../../ports.ts';
import { post } from './http-outcome.ts';

/** A workflow of Microsoft Teams that posts what it is sent. It knows no key: a message whose answer was lost is posted again. */
export function teamsChannel(url: string): ChannelPort {
  return async (message) => {
    const answer = await post(url, JSON.stringify(teamsCard(message)), { 'content-type': 'application/json' });
    return answer.kind === 'answered' ? { kind: 'sent' } : answer;
  };
}
