import type { AlertingPolicy } from '../src/domain/policy/policy.ts';

/** A team of three: Slack first, then a webhook for everybody. */
export function testPolicy(url: string): AlertingPolicy {
  const handOver = { every: 'week' as const, weekday: 1, at: '09:00' };
  const rota = { zone: 'Europe/Berlin', since: '2026-01-05', handOver, overrides: [] };
  return {
    people: {
      anna: { zone: 'Europe/Berlin', slackUser: 'U0ANNA' },
      ben: { zone: 'Europe/Berlin', slackUser: 'U0BEN' },
      cleo: { zone: 'America/New_York', slackUser: 'U0CLEO' },
    },
    channels: {
      ops: { type: 'slack', conversation: 'C0OPS', tokenParameter: '/lamplighter/dev/alerting/slack-token' },
      direct: { type: 'slack-direct', tokenParameter: '/lamplighter/dev/alerting/slack-token' },
      hook: { type: 'webhook', url: `${url}/hook`, secretParameter: '/lamplighter/dev/alerting/hook-secret' },
      pager: { type: 'pagerduty', routingKeyParameter: '/lamplighter/dev/alerting/pager-key' },
    },
    rotas: { first: { ...rota, people: ['anna', 'ben'] }, second: { ...rota, people: ['ben', 'anna'] } },
    escalation: {
      critical: [
        { afterMinutes: 0, to: ['rota:first'], through: ['ops'] },
        { afterMinutes: 5, to: ['rota:second'], through: ['direct'] },
        { afterMinutes: 5, to: ['everybody'], through: ['direct', 'pager'] },
      ],
      warning: [{ afterMinutes: 0, to: ['rota:first'], through: ['ops'] }],
      info: [{ afterMinutes: 0, to: ['rota:first'], through: ['hook'] }],
    },
    sources: [],
    silences: [],
    fallbacks: { ops: ['hook', 'pager'], direct: ['hook'], hook: ['ops'] },
    forgetAfterDays: 7,
  };
}
