import { createHmac, timingSafeEqual } from 'node:crypto';

/** Slack signs each request; one that is older than this may be a replay. */
const MAX_AGE_S = 300;

export interface SlackRequest {
  /** Header `X-Slack-Request-Timestamp`, epoch seconds. */
  readonly timestamp: string;
  /** Header `X-Slack-Signature`. */
  readonly signature: string;
  readonly body: string;
}

/** Whether a request came from Slack, now. https://docs.slack.dev/authentication/verifying-requests-from-slack */
export function isFromSlack({ timestamp, signature, body }: SlackRequest, signingSecret: string, now: number): boolean {
  if (!/^\d{1,12}$/.test(timestamp) || Math.abs(now / 1000 - Number(timestamp)) > MAX_AGE_S) return false;
  const wanted = Buffer.from(
    `v0=${createHmac('sha256', signingSecret).update(`v0:${timestamp}:${body}`).digest('hex')}`,
  );
  const given = Buffer.from(signature);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}
