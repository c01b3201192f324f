import { signAnswer } from '../domain/answer-token.ts';
import type { Delivery } from '../domain/delivery.ts';
import type { StoredAlert } from '../domain/stored-alert.ts';

export const LINK_LIFE_MS = 7 * 86_400_000;

/** Where a recipient answers an alert: a link of their own, good for a week from the alert's opening or its newest change. */
export function answerUrls({
  baseUrl,
  realm,
  key,
}: {
  baseUrl: string;
  realm: string;
  key: () => Promise<Uint8Array>;
}) {
  return async (alert: StoredAlert, delivery: Delivery): Promise<string> => {
    const by = delivery.person ?? delivery.channel;
    const claims = { alertId: alert.alertId, by, realm, expiresAt: alert.updatedAt + LINK_LIFE_MS };
    return `${baseUrl}/alerts/${signAnswer(claims, await key())}`;
  };
}
