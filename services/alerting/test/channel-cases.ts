import { SESv2Client } from '@aws-sdk/client-sesv2';
import { type Sandbox, startTestSandbox } from '@lamplighter/sandbox';
import { type ChannelTrouble, FakeChannels } from '@lamplighter/sandbox/fake-channels';
import { channelNamed } from '../src/adapters/channels/channel-named.ts';
import { sesSuppression } from '../src/adapters/channels/ses-suppression.ts';
import type { ChannelPort } from '../src/ports.ts';
import { testPolicy } from './test-policy.ts';

type TestSandbox = Awaited<ReturnType<typeof startTestSandbox>>;

/** What may become of one call to a channel. */
export type CallTrouble = 'rate-limited' | 'broken' | 'refused' | 'hang-up';

/** One kind of channel, and how to look at what it shows. */
export interface ChannelCase {
  readonly type: 'slack' | 'slack-direct' | 'webhook' | 'pagerduty' | 'teams' | 'email';
  /** Its name in the policy. */
  readonly name: string;
  readonly recipient: string;
  readonly person?: string;
  /** Whether a message that may have been sent is not shown twice: by looking for it, or by a key that its receiver knows. */
  readonly repeats: 'never' | 'under-one-key' | 'again';
  /** Whether a rate limit says how long it lasts. */
  readonly saysWhen: boolean;
  /** Whether the end of an alert is the same message, changed, or another one. */
  readonly end: 'same' | 'another';
}

export const CHANNEL_CASES: readonly ChannelCase[] = [
  { type: 'slack', name: 'ops', recipient: 'C0OPS', repeats: 'never', saysWhen: true, end: 'same' },
  {
    type: 'slack-direct',
    name: 'direct',
    recipient: 'U0ANNA',
    person: 'anna',
    repeats: 'never',
    saysWhen: true,
    end: 'same',
  },
  { type: 'webhook', name: 'hook', recipient: 'hook', repeats: 'under-one-key', saysWhen: true, end: 'another' },
  { type: 'pagerduty', name: 'pager', recipient: 'pager', repeats: 'under-one-key', saysWhen: false, end: 'same' },
  { type: 'teams', name: 'teams', recipient: 'teams', repeats: 'again', saysWhen: true, end: 'another' },
  // SES knows no key and cannot be asked.
  {
    type: 'email',
    name: 'mail',
    recipient: 'anna@example.com',
    person: 'anna',
    repeats: 'again',
    saysWhen: false,
    end: 'another',
  },
];

const TROUBLES: Readonly<Record<CallTrouble, ChannelTrouble>> = {
  'rate-limited': { status: 429, headers: { 'retry-after': '7' } },
  broken: { status: 503 },
  refused: { status: 403 },
  'hang-up': 'hang-up',
};

const TEAMS_URL = '/lamplighter/dev/alerting/teams-url';

/** All channels of a policy, with something to speak to. */
export class ChannelBench {
  readonly #started: TestSandbox;
  readonly #fakes: FakeChannels;

  private constructor(started: TestSandbox, fakes: FakeChannels) {
    this.#started = started;
    this.#fakes = fakes;
  }

  static async start(): Promise<ChannelBench> {
    const started = await startTestSandbox({ services: ['ses'] });
    const Resources = { Sender: { Type: 'AWS::SES::EmailIdentity', Properties: { EmailIdentity: 'example.com' } } };
    await started.sandbox.deployTemplate({ stackName: 'mail', template: { Resources } });
    const fakes = await FakeChannels.start({ now: () => started.clock.now() });
    return new ChannelBench(started, fakes);
  }

  async stop(): Promise<void> {
    await this.#started.stop();
    await this.#fakes.stop();
  }

  async channel(name: string): Promise<ChannelPort> {
    const policy = testPolicy(this.#fakes.url);
    const ses = this.#sandbox.client(SESv2Client, { maxAttempts: 1 });
    const named = channelNamed({
      policy: async () => ({
        ...policy,
        channels: {
          ...policy.channels,
          mail: { type: 'email', from: 'alerts@example.com' },
          teams: { type: 'teams', urlParameter: TEAMS_URL },
        },
      }),
      secret: async (parameter) => (parameter === TEAMS_URL ? `${this.#fakes.url}/teams` : `secret-of-${parameter}`),
      ses,
      suppressed: sesSuppression(ses, () => this.#started.clock.now()),
      stage: 'dev',
      slackUrl: `${this.#fakes.url}/slack`,
      pagerDutyUrl: `${this.#fakes.url}/pagerduty`,
      now: () => this.#started.clock.now(),
    });
    return (await named(name))!;
  }

  now(): number {
    return this.#started.clock.now();
  }

  /** The next call of the channel that would show something meets this. */
  trouble(one: ChannelCase, trouble: CallTrouble): void {
    if (one.type === 'email') this.#troubleOfMail(trouble);
    let isOver = one.type === 'email';
    this.#fakes.trouble = ({ channel, method }) => {
      const shows = channel !== 'slack' || method.startsWith('chat.');
      if (isOver || !shows) return undefined;
      isOver = true;
      return trouble === 'rate-limited' && !one.saysWhen ? { status: 429 } : TROUBLES[trouble];
    };
  }

  #troubleOfMail(trouble: CallTrouble): void {
    const effect = {
      'rate-limited': { kind: 'throttle' },
      broken: { kind: 'error', code: 'InternalFailure', status: 500 },
      refused: { kind: 'error', code: 'MessageRejected', status: 400 },
      'hang-up': { kind: 'drop-response' },
    } as const;
    this.#sandbox.faults.inject({ service: 'ses', operation: 'SendEmail', times: 1, effect: effect[trouble] });
  }

  /** What the recipient sees that holds a text: messages of Slack, distinct keys of a webhook or incident, mails. */
  shown({ type, recipient }: ChannelCase, text: string): readonly string[] {
    switch (type) {
      case 'slack':
        return this.#roots(recipient, text);
      case 'slack-direct':
        return this.#roots(`D-${recipient}`, text);
      case 'teams':
        return this.#fakes.received.flatMap((message) =>
          message.method === 'teams' && message.text.includes(text) ? [message.text] : [],
        );
      case 'email':
        return this.#sandbox.peers.ses.sent().flatMap((mail) => (mail.subject?.includes(text) ? [mail.subject] : []));
      default: {
        const own = this.#fakes.received.filter((message) => message.channel === type && message.text.includes(text));
        return [...new Set(own.map(({ headers, body }) => String(headers['idempotency-key'] ?? body.dedup_key)))];
      }
    }
  }

  #roots(conversation: string, text: string): string[] {
    return this.#fakes.slack.roots(conversation).flatMap((post) => (post.text.includes(text) ? [post.text] : []));
  }

  get #sandbox(): Sandbox {
    return this.#started.sandbox;
  }
}
