import type { AlertingPolicy, Step } from '../policy/policy.ts';
import { onCall } from './on-call.ts';

export interface Recipient {
  readonly channel: string;
  readonly recipient: string;
  readonly person?: string;
}

/** Whom a step means at that instant, by name, each once. */
export function peopleOf(policy: AlertingPolicy, step: Step, at: number): string[] {
  const names = step.to.flatMap((target) => {
    if (target === 'everybody') return Object.keys(policy.people);
    const [kind, name] = target.split(':') as [string, string];
    return kind === 'person' ? [name] : [onCall(policy.rotas[name]!, at)];
  });
  return [...new Set(names)];
}

/** Where a step's messages go: a shared channel once, a personal one to everybody who is meant and can be reached there. */
export function recipientsOf(policy: AlertingPolicy, step: Step, at: number): Recipient[] {
  const people = peopleOf(policy, step, at);
  return step.through.flatMap((channel) => addressesOf(policy, channel, people));
}

/** A channel's addresses for these people. */
export function addressesOf(policy: AlertingPolicy, channel: string, people: readonly string[]): Recipient[] {
  const settings = policy.channels[channel];
  switch (settings?.type) {
    case 'slack':
      return [{ channel, recipient: settings.conversation }];
    case 'webhook':
      return [{ channel, recipient: settings.url }];
    case 'pagerduty':
      return [{ channel, recipient: settings.routingKeyParameter }];
    case 'slack-direct':
      return personal(channel, people, (person) => policy.people[person]?.slackUser);
    case 'email':
      return personal(channel, people, (person) => policy.people[person]?.email);
    default:
      return [];
  }
}

function personal(
  channel: string,
  people: readonly string[],
  addressOf: (person: string) => string | undefined,
): Recipient[] {
  return people.flatMap((person) => {
    const recipient = addressOf(person);
    return recipient === undefined ? [] : [{ channel, recipient, person }];
  });
}
