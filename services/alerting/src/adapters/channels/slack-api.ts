import * as z from 'zod';
import type { SendOutcome } from '../../domain/judge-attempt.ts';
import { post } from './http-outcome.ts';

const Answer = z.looseObject({
  ok: z.boolean(),
  error: z.string().optional(),
  /** The scope that a call lacks. */
  needed: z.string().optional().catch(undefined),
  /** What is wrong with which argument. */
  response_metadata: z
    .looseObject({ messages: z.array(z.string()).optional().catch(undefined) })
    .optional()
    .catch(undefined),
});
export type SlackAnswer = z.infer<typeof Answer>;

/** Errors that pass. Every other one needs a person. https://docs.slack.dev/reference/methods/chat.postMessage#errors */
const PASSING = ['request_timeout', 'team_added_to_org'];
const LIMITED = ['ratelimited', 'rate_limited'];
/** What a person does about an error whose name does not say so. */
const WAYS_OUT: Readonly<Record<string, string>> = {
  not_in_channel: 'invite the app to the conversation',
  channel_not_found: 'mend the ID, or invite the app to the conversation where it is private',
};
/** Errors that pass, of which Slack says that some aspect of the operation may have succeeded, or does not say that none has. */
const UNSURE = ['internal_error', 'fatal_error', 'service_unavailable'];

export type SlackCall = (
  method: string,
  parameters: Readonly<Record<string, unknown>>,
) => Promise<{ readonly kind: 'ok'; readonly answer: SlackAnswer } | Exclude<SendOutcome, { kind: 'sent' }>>;

/** One call of Slack's Web API. */
export function slackApi(baseUrl: string, token: string): SlackCall {
  return async (method, parameters) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json; charset=utf-8' };
    const outcome = await post(`${baseUrl}/${method}`, JSON.stringify(parameters), headers);
    if (outcome.kind !== 'answered') return outcome;
    const answer = Answer.safeParse(parsedJson(outcome.body));
    if (!answer.success)
      return { kind: 'later', reason: 'Slack answered something that is no answer of its API', isUnsure: true };
    if (answer.data.ok) return { kind: 'ok', answer: answer.data };
    const error = answer.data.error ?? 'unknown_error';
    const reason = `Slack: ${error}${detailOf(error, answer.data)}`;
    if (LIMITED.includes(error)) return { kind: 'later', reason, isLimited: true };
    if (UNSURE.includes(error)) return { kind: 'later', reason, isUnsure: true };
    return { kind: PASSING.includes(error) ? 'later' : 'never', reason };
  };
}

function detailOf(error: string, { needed, response_metadata }: SlackAnswer): string {
  const told = [needed && `it needs the scope ${needed}`, WAYS_OUT[error], ...(response_metadata?.messages ?? [])];
  const details = told.filter(Boolean).join('; ');
  return details && ` (${details})`;
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
