const SECRET_PARAMETER = '/lamplighter/dev/alerting/pager-secret';

/** Parameters that the story's house runs with: one person on call, and repairs that are allowed beforehand. */
export const PARAMETERS = {
  alerting: '/lamplighter/dev/alerting/policy',
  guardrails: '/lamplighter/dev/remediation/guardrails',
  pagerSecret: SECRET_PARAMETER,
} as const;

/** @param url of the pager */
export function alertingPolicy(url: string): object {
  const step = [{ afterMinutes: 0, to: ['person:anna'], through: ['pager'] }];
  return {
    people: { anna: { zone: 'Europe/Berlin' } },
    channels: { pager: { type: 'webhook', url, secretParameter: SECRET_PARAMETER } },
    escalation: { critical: step, warning: step, info: step },
  };
}

/** Approved by policy: what these playbooks do may be done without asking, within the other rails. */
export const guardrails: object = {
  guardrails: {
    mode: 'automatic',
    automaticUpToRisk: 'medium',
    allow: [{ playbooks: ['*'], stages: ['dev'], mode: 'automatic' }],
    budget: { perHourUsd: 5, perMonthUsd: 500 },
    coolDownMinutes: 5,
  },
  approvers: ['anna'],
};
