import * as z from 'zod';
import { pagerDutyUpdate } from '../../domain/render/pagerduty-event.ts';
import type { ChannelPort } from '../../ports.ts';
import { post } from './http-outcome.ts';

/** PagerDuty says what is wrong with an event, a routing key by its length. https://developer.pagerduty.com/docs/events-api-v2-overview */
const Refusal = z.object({ errors: z.array(z.string()).min(1) });

function reasonIn(body: string): string | undefined {
  try {
    return Refusal.parse(JSON.parse(body)).errors.join('; ');
  } catch {
    return undefined;
  }
}

/** PagerDuty's Events API v2; a repeated event is the same incident there. */
export function pagerDutyChannel(url: string, routingKey: string): ChannelPort {
  return async (message) => {
    const { stages, receipt } = pagerDutyUpdate(message, routingKey);
    for (const events of stages) {
      const answers = await Promise.all(
        events.map((event) => post(url, JSON.stringify(event), { 'content-type': 'application/json' }, { reasonIn })),
      );
      const failed = answers.find((answer) => answer.kind !== 'answered');
      if (failed !== undefined) return failed;
    }
    return { kind: 'sent', receipt };
  };
}
