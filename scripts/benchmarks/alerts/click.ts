import { createHmac } from 'node:crypto';
import type { AlertingStack } from './alerting-stack.ts';

/** As many as the API lets through before time moves on, less a margin; and how many people click at a time. */
const BURST = 40;
const AT_ONCE = 4;

/** Milliseconds from a click to its answer. */
export interface ClickTimes {
  /** Of those who click first, each of whom a worker has to start for. */
  readonly cold: readonly number[];
  readonly warm: readonly number[];
}

/** Clicks on Slack's button "I take it on", alert by alert. */
export async function clickOnEach(stack: AlertingStack, alertIds: readonly string[]): Promise<ClickTimes> {
  const cold: number[] = [];
  const warm: number[] = [];
  for (let at = 0; at < alertIds.length; at += BURST) {
    const next = alertIds.slice(at, at + BURST).entries();
    const work = async (): Promise<void> => {
      for (const [index, alertId] of next) {
        const times = at + index < AT_ONCE ? cold : warm;
        times.push(await click(stack, alertId));
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    await stack.clock.advance(2_000);
  }
  return { cold, warm };
}

async function click({ clock, answerUrl, signingSecret }: AlertingStack, alertId: string): Promise<number> {
  const actions = [{ action_id: 'alert-acknowledge', value: alertId }];
  const payload = JSON.stringify({ type: 'block_actions', user: { id: 'U0BEN' }, actions });
  const body = new URLSearchParams({ payload }).toString();
  const timestamp = String(Math.floor(clock.now() / 1000));
  const mac = createHmac('sha256', signingSecret).update(`v0:${timestamp}:${body}`).digest('hex');
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    'x-slack-request-timestamp': timestamp,
    'x-slack-signature': `v0=${mac}`,
  };
  const startedAt = performance.now();
  const { status } = await fetch(`${answerUrl}/slack/interactions`, { method: 'POST', body, headers });
  if (status !== 200) throw new Error(`A click was answered with ${status}.`);
  return performance.now() - startedAt;
}

/** The value below which that share lies; 0 where there are none. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}
