import type { SESv2Client } from '@aws-sdk/client-sesv2';
import { LamplighterError } from '@lamplighter/lambda-kit';
import type { Channel } from '../../domain/policy/policy.ts';
import type { ChannelPort, PolicyPort } from '../../ports.ts';
import type { SecretPort } from '../ssm-secrets.ts';
import { tokenSecrets } from '../token-secrets.ts';
import { emailChannel } from './email-channel.ts';
import { pagerDutyChannel } from './pagerduty-channel.ts';
import type { SuppressionPort } from './ses-suppression.ts';
import { slackApi } from './slack-api.ts';
import { slackChannel } from './slack-channel.ts';
import { teamsChannel } from './teams-channel.ts';
import { webhookChannel } from './webhook-channel.ts';

export interface ChannelAdapters {
  readonly policy: PolicyPort;
  readonly secret: SecretPort;
  readonly ses: SESv2Client;
  readonly suppressed: SuppressionPort;
  /** Of this deployment. */
  readonly stage: string;
  readonly slackUrl: string;
  readonly pagerDutyUrl: string;
  readonly now: () => number;
}

/** The channels of the policy in force, by name. A secret that cannot be read is a channel that cannot deliver: it says so, and its fallback takes over. */
export function channelNamed(adapters: ChannelAdapters): (name: string) => Promise<ChannelPort | undefined> {
  return async (name) => {
    const settings = (await adapters.policy()).channels[name];
    if (settings === undefined) return undefined;
    return async (message) => {
      let channel: ChannelPort;
      try {
        channel = await channelOf(settings, adapters);
      } catch (error) {
        const why = error instanceof LamplighterError ? error.message : (error as Error).name;
        return { kind: 'later', reason: `the secret of ${name} cannot be read: ${why}` };
      }
      return channel(message);
    };
  };
}

async function channelOf(
  settings: Channel,
  { secret, ses, suppressed, stage, slackUrl, pagerDutyUrl, now }: ChannelAdapters,
): Promise<ChannelPort> {
  const token = tokenSecrets(secret);
  switch (settings.type) {
    case 'slack':
      return slackChannel(slackApi(slackUrl, await token(settings.tokenParameter)), async (recipient) => recipient);
    case 'slack-direct': {
      const call = slackApi(slackUrl, await token(settings.tokenParameter));
      return slackChannel(call, async (user) => {
        const opened = await call('conversations.open', { users: user });
        return opened.kind === 'ok' ? String((opened.answer.channel as { id?: unknown } | undefined)?.id) : opened;
      });
    }
    case 'email':
      return emailChannel(ses, { from: settings.from, stage, suppressed });
    case 'webhook':
      return webhookChannel(settings.url, await secret(settings.secretParameter), now);
    case 'pagerduty':
      return pagerDutyChannel(pagerDutyUrl, await token(settings.routingKeyParameter));
    case 'teams':
      return teamsChannel(await token(settings.urlParameter));
  }
}
