import { ChannelLimits, type ChannelRefusal, FakeSlack } from '@lamplighter/sandbox/fake-channels';
import { slackChannel } from '../../src/adapters/channels/slack-channel.ts';
import type { ChannelPort } from '../../src/ports.ts';
import type { Agenda } from './agenda.ts';
import type { Mortal } from './mortal-workers.ts';

/** Of a hundred calls to a channel that its rate limit lets through: how many meet which trouble. */
const SHARES_PCT = { fails: 3, 'taken-unanswered': 2, 'not-taken-unanswered': 2, slow: 1 } as const;
type Trouble = keyof typeof SHARES_PCT | 'none';
const SLOW_MS = 9_000;
const SLACK = ['ops', 'direct'];

/** Slack, mail, webhooks and a pager with the limits that they have in earnest, and in trouble; and the ledger of what people saw, whatever their answers said. */
export class StormChannels {
  readonly slack: FakeSlack;
  readonly #agenda: Agenda;
  readonly #dice: () => number;
  /** By alert, channel and recipient: the newest revision that it took. */
  readonly #taken = new Map<string, number>();
  /** By alert: when anybody saw it first. */
  readonly #toldAt = new Map<string, number>();
  readonly #limits: ChannelLimits;
  /** Calls that met a rate limit. */
  limited = 0;
  isTroubled = true;

  /** `teams`: how many share the alerts, each with a conversation, a pager and mail of its own: together they may be told so many times as much. */
  constructor(agenda: Agenda, dice: () => number, teams: number) {
    this.#agenda = agenda;
    this.#limits = new ChannelLimits(() => agenda.now() * teams);
    this.#dice = dice;
    this.slack = new FakeSlack(agenda.now);
  }

  /** The newest revision of an alert that the recipient saw. */
  seen(alertId: string, channel: string, recipient: string): number | undefined {
    return this.#taken.get(`${alertId}/${channel}/${recipient}`);
  }

  /** When anybody saw an alert first, epoch milliseconds. */
  toldAt(alertId: string): number | undefined {
    return this.#toldAt.get(alertId);
  }

  named(name: string, mortal: Mortal): ChannelPort {
    if (name === 'dead') return async () => ({ kind: 'never', reason: 'answered with 410' });
    return SLACK.includes(name) ? this.#slackChannel(name, mortal) : this.#receiver(name, mortal);
  }

  /** A webhook, a mailbox or a pager: whatever it takes twice under one key is one to it. */
  #receiver(name: string, mortal: Mortal): ChannelPort {
    return mortal(async ({ alert, delivery }) => {
      const limited = this.#limitOf(name);
      if (limited) return this.#tooMany(limited);
      const trouble = await this.#trouble();
      const refused = refusalBy(trouble);
      if (refused) return refused;
      this.#note(alert.alertId, name, delivery.recipient, alert.revision);
      return trouble === 'taken-unanswered' ? UNANSWERED : { kind: 'sent' };
    });
  }

  #slackChannel(name: string, mortal: Mortal): ChannelPort {
    const call = mortal(async (method: string, parameters: Readonly<Record<string, unknown>>) => {
      const limited = this.#limits.slack(method, String(parameters.channel));
      if (limited) return this.#tooMany(limited);
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

  #limitOf(name: string): ChannelRefusal | undefined {
    if (name === 'pager') return this.#limits.pagerDuty(name);
    return name === 'mail' ? this.#limits.ses() : undefined;
  }

  #tooMany({ retryAfterSeconds }: ChannelRefusal) {
    this.limited++;
    const limited = { kind: 'later', reason: 'answered with 429', isLimited: true } as const;
    return retryAfterSeconds === undefined ? limited : { ...limited, afterMs: retryAfterSeconds * 1_000 };
  }

  #note(alertId: string, channel: string, recipient: string, revision: number): void {
    const key = `${alertId}/${channel}/${recipient}`;
    this.#taken.set(key, Math.max(revision, this.#taken.get(key) ?? -1));
    if (!this.#toldAt.has(alertId)) this.#toldAt.set(alertId, this.#agenda.now());
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
  return trouble === 'not-taken-unanswered' ? UNANSWERED : undefined;
}

const aboutOf = (metadata: unknown): { alertId: string; revision: number } =>
  (metadata as { event_payload: { alertId: string; revision: number } }).event_payload;
