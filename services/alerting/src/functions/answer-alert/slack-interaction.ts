import * as z from 'zod';
import type { AlertAnswer } from '../../domain/answer-alert.ts';
import type { AlertingPolicy } from '../../domain/policy/policy.ts';

/** https://docs.slack.dev/reference/interaction-payloads/block_actions-payload */
const BlockActions = z.object({
  type: z.literal('block_actions'),
  user: z.object({ id: z.string() }),
  actions: z.array(z.object({ action_id: z.string(), value: z.string().max(200).optional() })).min(1),
});

export interface SlackAnswer {
  readonly alertId: string;
  readonly answer: AlertAnswer;
}

const SNOOZE_MINUTES = 60;

/** What a click on one of our buttons says; undefined for a button that only opens a page. */
export function slackInteraction(body: string, policy: AlertingPolicy): SlackAnswer | 'malformed' | undefined {
  const click = BlockActions.safeParse(payloadOf(body));
  if (!click.success) return 'malformed';
  const { user, actions } = click.data;
  const [action] = actions;
  const kind = /^alert-(acknowledge|snooze|close)$/.exec(action?.action_id ?? '')?.[1] as
    | AlertAnswer['kind']
    | undefined;
  if (kind === undefined || action?.value === undefined) return undefined;
  const by = personOf(user.id, policy);
  return { alertId: action.value, answer: kind === 'snooze' ? { kind, by, minutes: SNOOZE_MINUTES } : { kind, by } };
}

function personOf(slackUser: string, { people }: AlertingPolicy): string {
  const known = Object.entries(people).find(([, person]) => person.slackUser === slackUser);
  return known?.[0] ?? `slack:${slackUser}`;
}

function payloadOf(body: string): unknown {
  try {
    return JSON.parse(new URLSearchParams(body).get('payload') ?? '');
  } catch {
    return undefined;
  }
}
