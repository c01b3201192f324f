import { GuardrailConfig, PLAYBOOKS } from '@lamplighter/remedies';

/** Rails of an agent in the twin: everything that a policy may approve beforehand is approved, by its name. */
export const TWIN_RAILS = GuardrailConfig.parse({
  mode: 'automatic',
  automaticUpToRisk: 'high',
  allow: [{ playbooks: PLAYBOOKS.map(({ name }) => name), mode: 'automatic' }],
  budget: { perHourUsd: 50, perMonthUsd: 20_000 },
  coolDownMinutes: 10,
});
