import { createHmac } from 'node:crypto';
import { alertView } from '../alert-view.ts';
import type { OutgoingMessage } from './outgoing-message.ts';

export interface WebhookRequest {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * The alert as JSON, and where a person answers it. `Lamplighter-Signature: t=<epoch seconds>,v1=<hex>` is the HMAC-SHA256 of `<t>.<body>`; `Idempotency-Key` is the same for a
 * repetition, and so is the body, which tells nothing of attempts: a receiver that keeps keys does nothing twice, and one that compares finds the same.
 */
export function webhookRequest({ alert, answerUrl }: OutgoingMessage, secret: string, now: number): WebhookRequest {
  const body = JSON.stringify({ version: 1, change: alert.lastChange, alert: alertView(alert, []), answerUrl });
  const t = Math.floor(now / 1000);
  const mac = createHmac('sha256', secret).update(`${t}.${body}`).digest('hex');
  return {
    body,
    headers: {
      'content-type': 'application/json',
      'idempotency-key': `${alert.alertId}/${alert.revision}`,
      'lamplighter-signature': `t=${t},v1=${mac}`,
    },
  };
}
