import { type Allowance, TokenBuckets } from './token-buckets.ts';

/** What a channel says to one message too many; without `retryAfterSeconds` it does not say when. */
export interface ChannelRefusal {
  readonly retryAfterSeconds?: number;
}

/** "One message per second per channel", short bursts let through; and tier 3 for the rest: https://docs.slack.dev/apis/web-api/rate-limits */
const SLACK_POSTS: Allowance = { perSecond: 1, burst: 5 };
const SLACK_TIER_3: Allowance = { perSecond: 50 / 60, burst: 20 };
/** Events of one routing key in a minute: https://developer.pagerduty.com/docs/events-api-v2-overview */
const PAGERDUTY_EVENTS: Allowance = { perSecond: 120 / 60, burst: 120 };
/** An account that has not left SES's sandbox: https://docs.aws.amazon.com/ses/latest/dg/quotas.html */
const SES_MAILS: Allowance = { perSecond: 1, burst: 1 };

/** The rate limits that channels have in earnest. */
export class ChannelLimits {
  readonly #buckets: TokenBuckets;

  /** @param now epoch milliseconds */
  constructor(now: () => number) {
    this.#buckets = new TokenBuckets(now);
  }

  /** A call of Slack's Web API: posts are counted by conversation, every other method by itself. Slack says when. */
  slack(method: string, conversation: string): ChannelRefusal | undefined {
    const isPost = method === 'chat.postMessage';
    const waitMs = isPost
      ? this.#buckets.take(`slack/${conversation}`, SLACK_POSTS)
      : this.#buckets.take(`slack.${method}`, SLACK_TIER_3);
    return waitMs === undefined ? undefined : { retryAfterSeconds: Math.ceil(waitMs / 1000) };
  }

  /** An event of PagerDuty, which does not say when. */
  pagerDuty(routingKey: string): ChannelRefusal | undefined {
    return this.#buckets.take(`pagerduty/${routingKey}`, PAGERDUTY_EVENTS) === undefined ? undefined : {};
  }

  /** A mail of the account, of which SES does not say when. */
  ses(): ChannelRefusal | undefined {
    return this.#buckets.take('ses', SES_MAILS) === undefined ? undefined : {};
  }
}
