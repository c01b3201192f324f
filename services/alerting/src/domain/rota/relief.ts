import { type AlertingPolicy, stepsFor } from '../policy/policy.ts';
import type { StoredAlert } from '../stored-alert.ts';
import { onCall } from './on-call.ts';
import { quietUntil } from './quiet-hours.ts';
import { ownAddressOf, type Recipient } from './recipients.ts';

/**
 * Who has to hear that an alert is still in the hands of somebody whose turn has ended since: whoever is on call now, where they are reached alone. Nobody while
 * quiet hours hold back alerts of its severity. Pure.
 */
export function reliefOf(alert: StoredAlert, policy: AlertingPolicy, now: number): Recipient[] {
  const { state, severity, acknowledgedBy, acknowledgedAt } = alert;
  if (state !== 'acknowledged' || acknowledgedAt === undefined) return [];
  if (quietUntil(policy.quietHours, severity, now) !== undefined) return [];
  const rotas = stepsFor(policy, severity)
    .flatMap(({ to }) => to)
    .flatMap((target) => policy.rotas[target.replace(/^rota:/, '')] ?? []);
  const relieved = rotas.filter((rota) => onCall(rota, acknowledgedAt) === acknowledgedBy);
  const next = new Set(relieved.map((rota) => onCall(rota, now)).filter((person) => person !== acknowledgedBy));
  return [...next].flatMap((person) => ownAddressOf(policy, person) ?? []);
}
