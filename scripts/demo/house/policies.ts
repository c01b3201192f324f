const SECRET = '/lamplighter/dev/alerting/webhook-secret';

/** Where the story's policies are read from. */
export const PARAMETERS = {
  alerting: '/lamplighter/dev/alerting/policy',
  guardrails: '/lamplighter/dev/remediation/guardrails',
  webhookSecret: SECRET,
} as const;

/** One person on call: what is urgent wakes them, what is merely good to know waits in the chat. */
export function alertingPolicy(urls: { readonly pager: string; readonly chat: string }): object {
  const through = (channel: string) => [{ afterMinutes: 0, to: ['person:anna'], through: [channel] }];
  return {
    people: { anna: { zone: 'Europe/Berlin' } },
    channels: {
      pager: { type: 'webhook', url: urls.pager, secretParameter: SECRET },
      chat: { type: 'webhook', url: urls.chat, secretParameter: SECRET },
    },
    escalation: { critical: through('pager'), warning: through('pager'), info: through('chat') },
  };
}

/** What always asks a person, or two, unless an entry of the allow-list names it: no `*` lets it through. */
const ASKING = [
  'missing-index',
  'dynamodb-warm',
  'fresh-environments',
  'dead-letter-redrive',
  'stop-loop',
  'api-throttle',
  'api-cache',
  'mapping-pause',
];

/** Approved by policy, the sample alone: its functions carry their stage in the tag `stage`. */
export const SAMPLE_IS_APPROVED = {
  stageTag: 'stage',
  allow: [{ playbooks: [...ASKING, '*'], stages: ['dev'], mode: 'automatic' }],
};

/** What these playbooks do may be done without asking, within the other rails. */
export const guardrails: object = {
  guardrails: {
    mode: 'automatic',
    automaticUpToRisk: 'medium',
    ...SAMPLE_IS_APPROVED,
    budget: { perHourUsd: 5, perMonthUsd: 500 },
    coolDownMinutes: 5,
  },
  // Whoever explores the console afterwards is anna too.
  approvers: [{ name: 'anna', signIns: ['local'] }],
};
