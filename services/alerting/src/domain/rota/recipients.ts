import type { AlertingPolicy, Step } from '../policy/policy.ts';
import { onCall } from './on-call.ts';

export interface Recipient {
  readonly channel: string;
  readonly recipient: string;
  readonly person?: string;
  /** Whom a message in a shared Slack conversation calls. */
  readonly calls?: Called;
}

/** People of the policy, with Slack's member IDs where it has them; or everybody in the conversation. */
export type Called = 'everybody' | readonly { readonly person: string; readonly slackUser?: string }[];

/** The people for whom something is, and how they are called where others read it, too. */
export interface Meant {
  readonly people: readonly string[];
  readonly calls: Called;
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
  const meant = meantBy(policy, step, at);
  return step.through.flatMap((channel) => addressesCalling(policy, channel, meant));
}

/** Whom a step means at that instant, as people and as they are called. */
export function meantBy(policy: AlertingPolicy, step: Step, at: number): Meant {
  const people = peopleOf(policy, step, at);
  return step.to.includes('everybody') ? { people, calls: 'everybody' } : meant(policy, people);
}

/** These people, by name. */
export const meant = (policy: AlertingPolicy, people: readonly string[]): Meant => ({
  people,
  calls: people.map((person) => {
    const slackUser = policy.people[person]?.slackUser;
    return { person, ...(slackUser !== undefined && { slackUser }) };
  }),
});

/** A channel's addresses for these people; a shared Slack conversation calls them, or nobody there would know whose turn it is. */
export const addressesCalling = (policy: AlertingPolicy, channel: string, { people, calls }: Meant): Recipient[] =>
  addressesOf(policy, channel, people).map((address) =>
    policy.channels[channel]?.type === 'slack' ? { ...address, calls } : address,
  );

/** Where a person is reached alone: on the first personal channel that has an address of theirs. */
export function ownAddressOf(policy: AlertingPolicy, person: string): Recipient | undefined {
  const addresses = Object.keys(policy.channels).flatMap((channel) => addressesOf(policy, channel, [person]));
  return addresses.find((address) => address.person === person);
}

/** One recipient of every channel, so that the daily proof goes through each: whom the step means, or the first person who can be reached there. */
export function oneOfEachChannel(policy: AlertingPolicy, step: Step, at: number): Recipient[] {
  const people = [...new Set([...peopleOf(policy, step, at), ...Object.keys(policy.people)])];
  return Object.keys(policy.channels).flatMap((channel) => addressesOf(policy, channel, people).slice(0, 1));
}

/** Everybody and everything that the policy can reach. */
export const allRecipients = (policy: AlertingPolicy): Recipient[] =>
  Object.keys(policy.channels).flatMap((channel) => addressesOf(policy, channel, Object.keys(policy.people)));

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
    case 'teams':
      return [{ channel, recipient: settings.urlParameter }];
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
  const byAddress = new Map<string, Recipient>();
  for (const person of people) {
    const recipient = addressOf(person);
    // Two people who share an address are one recipient.
    if (recipient !== undefined && !byAddress.has(recipient)) byAddress.set(recipient, { channel, recipient, person });
  }
  return [...byAddress.values()];
}
