import { GuardrailConfig } from '@lamplighter/remedies';

/** Rails of an agent in the twin: everything that a policy may approve beforehand is approved. */
export const TWIN_RAILS = GuardrailConfig.parse({
  mode: 'automatic',
  automaticUpToRisk: 'high',
  allow: [{ playbooks: ['*'], mode: 'automatic' }],
  budget: { perHourUsd: 50, perMonthUsd: 20_000 },
  coolDownMinutes: 10,
});
