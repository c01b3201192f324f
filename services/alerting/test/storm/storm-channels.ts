import { FakeSlack } from '@lamplighter/sandbox/fake-channels';
import { slackChannel } from '../../src/adapters/channels/slack-channel.ts';
import type { ChannelPort } from '../../src/ports.ts';
import type { Agenda } from './agenda.ts';
import type { Mortal } from './mortal-workers.ts';

/** Of a hundred calls to a channel: how many meet which trouble. */
const SHARES_PCT = { fails: 3, limited: 3, 'taken-unanswered': 2, 'not-taken-unanswered': 2, slow: 1 } as const;
type Trouble = keyof typeof SHARES_PCT | 'none';
const RETRY_AFTER_MS = 7_000;
const SLOW_MS = 9_000;
const SLACK = ['ops', 'direct'];

/** Slack, webhooks and a pager in trouble; and the ledger of what people saw, whatever their answers said. */
export class StormChannels {
  readonly slack: FakeSlack;
  readonly #agenda: Agenda;
  readonly #dice: () => number;
  /** By alert, channel and recipient: the newest revision that it took. */
  readonly #taken = new Map<string, number>();
  isTroubled = true;

  constructor(agenda: Agenda, dice: () => number) {
    this.#agenda = agenda;
    this.#dice = dice;
    this.slack = new FakeSlack(agenda.now);
  }

  /** The newest revision of an alert that the recipient saw. */
  seen(alertId: string, channel: string, recipient: string): number | undefined {
    return this.#taken.get(`${alertId}/${channel}/${recipient}`);
  }

  named(name: string, mortal: Mortal): ChannelPort {
    if (name === 'dead') return async () => ({ kind: 'never', reason: 'answered with 410' });
    return SLACK.includes(name) ? this.#slackChannel(name, mortal) : this.#receiver(name, mortal);
  }

  /** A webhook or a pager: whatever it takes twice under one key is one to it. */
  #receiver(name: string, mortal: Mortal): ChannelPort {
    return mortal(async ({ alert, delivery }) => {
      const trouble = await this.#trouble();
      const refused = refusalBy(trouble);
      if (refused) return refused;
      this.#note(alert.alertId, name, delivery.recipient, alert.revision);
      return trouble === 'taken-unanswered' ? UNANSWERED : { kind: 'sent' };
    });
  }

  #slackChannel(name: string, mortal: Mortal): ChannelPort {
    const call = mortal(async (method: string, parameters: Readonly<Record<string, unknown>>) => {
      const trouble = await this.#trouble();
      const refused = refusalBy(trouble);
      if (refused) return refused;
      const answer = this.slack.answer(method, parameters) as { ok: boolean; error?: string };
      if (answer.ok && method !== 'conversations.history' && method !== 'conversations.replies') {
        const { alertId, revision } = aboutOf(parameters.metadata);
        this.#note(alertId, name, String(parameters.channel), revision);
      }
      if (trouble === 'taken-unanswered') return UNANSWERED;
      return answer.ok ? { kind: 'ok' as const, answer } : { kind: 'never' as const, reason: `Slack: ${answer.error}` };
    });
    return slackChannel(call, async (recipient) => recipient);
  }

  /** What stands in one conversation or thread twice. */
  doubled(): number {
    let doubled = 0;
    for (const conversation of this.slack.conversations()) {
      const roots = this.slack.roots(conversation).map(({ metadata }) => aboutOf(metadata).alertId);
      const replies = this.slack
        .replies(conversation)
        .map(({ thread, metadata }) => `${thread}/${aboutOf(metadata).revision}`);
      doubled += roots.length - new Set(roots).size + replies.length - new Set(replies).size;
    }
    return doubled;
  }

  #note(alertId: string, channel: string, recipient: string, revision: number): void {
    const key = `${alertId}/${channel}/${recipient}`;
    this.#taken.set(key, Math.max(revision, this.#taken.get(key) ?? -1));
  }

  async #trouble(): Promise<Trouble> {
    if (!this.isTroubled) return 'none';
    let roll = this.#dice() * 100;
    for (const [trouble, share] of Object.entries(SHARES_PCT)) {
      roll -= share;
      if (roll >= 0) continue;
      if (trouble === 'slow') await this.#agenda.sleep(SLOW_MS);
      return trouble as Trouble;
    }
    return 'none';
  }
}

const UNANSWERED = { kind: 'later', reason: 'no answer', isUnsure: true } as const;

function refusalBy(trouble: Trouble) {
  if (trouble === 'fails') return { kind: 'later', reason: 'answered with 503' } as const;
  if (trouble === 'limited') return { kind: 'later', reason: 'answered with 429', afterMs: RETRY_AFTER_MS } as const;
  return trouble === 'not-taken-unanswered' ? UNANSWERED : undefined;
}

const aboutOf = (metadata: unknown): { alertId: string; revision: number } =>
  (metadata as { event_payload: { alertId: string; revision: number } }).event_payload;
