import type { PolicyProblem } from './dangling-names.ts';
import type { AlertingPolicy } from './policy.ts';

/** Webhooks whose URL holds a user or a password: no request is made to such a one. https://fetch.spec.whatwg.org/#dom-request */
export function urlsWithPasswords({ channels }: Pick<AlertingPolicy, 'channels'>): PolicyProblem[] {
  return Object.entries(channels).flatMap(([name, channel]) =>
    channel.type === 'webhook' && /^https?:\/\/[^/?#]*@/i.test(channel.url)
      ? [
          {
            path: ['channels', name, 'url'],
            message: 'no request goes to a URL with a user or password in it: let the receiver check the signature',
          },
        ]
      : [],
  );
}
