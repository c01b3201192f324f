import type { ReceivedMessage } from '../../../packages/sandbox/src/testing/channels/fake-channels.ts';
import type { FakeSlack, SlackPost } from '../../../packages/sandbox/src/testing/channels/fake-slack.ts';

/** What people could see of each alert, channel by channel. */
export class HeardMessages {
  /** By alert and place (a conversation, a path, PagerDuty): the newest revision that could be seen there, -1 where it does not say. */
  readonly byAlert = new Map<string, Map<string, number>>();
  /** Messages that came again under the same idempotency key, as a receiver is promised they may. */
  repeatedUnderOneKey = 0;
  readonly #keys = new Set<string>();

  hear({ channel, method, headers, body }: ReceivedMessage): void {
    if (channel === 'slack') return;
    if (channel === 'pagerduty') this.#note(alertOf(body.dedup_key), 'pagerduty', -1);
    else {
      const { alertId, revision } = body.alert as { alertId: string; revision: number };
      this.#note(alertId, method, revision);
    }
    const key = channel === 'webhook' ? `${method}/${headers['idempotency-key']}` : undefined;
    if (key === undefined) return;
    if (this.#keys.has(key)) this.repeatedUnderOneKey++;
    this.#keys.add(key);
  }

  /** Reads Slack's conversations, and counts what stands in one thread twice. */
  readSlack(slack: FakeSlack): { readonly messages: number; readonly doubled: number } {
    let messages = 0;
    let doubled = 0;
    for (const conversation of slack.conversations()) {
      const roots = new Set<string>();
      for (const post of slack.roots(conversation)) {
        messages++;
        const { alertId, revision } = aboutOf(post);
        if (roots.has(alertId)) doubled++;
        roots.add(alertId);
        this.#note(alertId, conversation, revision);
      }
      const replies = new Set<string>();
      for (const post of slack.replies(conversation)) {
        messages++;
        const { alertId, revision } = aboutOf(post);
        const key = `${post.thread}/${alertId}/${revision}`;
        if (replies.has(key)) doubled++;
        replies.add(key);
      }
    }
    return { messages, doubled };
  }

  #note(alertId: string, place: string, revision: number): void {
    const places = this.byAlert.get(alertId) ?? new Map<string, number>();
    this.byAlert.set(alertId, places.set(place, Math.max(revision, places.get(place) ?? -1)));
  }
}

/** An alert whose escalation began anew is another incident, under its name and a number. */
const alertOf = (dedupKey: unknown): string => String(dedupKey).split('/')[0]!;

const aboutOf = ({ metadata }: SlackPost): { alertId: string; revision: number } =>
  (metadata as { event_payload: { alertId: string; revision: number } }).event_payload;
