import { type AlertingPolicy, stepsFor } from '../policy/policy.ts';
import type { StoredAlert } from '../stored-alert.ts';
import { onCall } from './on-call.ts';
import { quietUntil } from './quiet-hours.ts';
import { ownAddressOf, type Recipient } from './recipients.ts';

/**
 * Who has to hear that an alert is still in the hands of somebody whose turn has ended since: whoever is on call now, where they are reached alone. Nobody while
 * quiet hours hold back alerts of its severity, or where whoever took it on was not on call by a name or an address of the policy. Pure.
 */
export function reliefOf(alert: StoredAlert, policy: AlertingPolicy, now: number): Recipient[] {
  const { state, severity, acknowledgedBy, acknowledgedAt } = alert;
  if (state !== 'acknowledged' || acknowledgedBy === undefined || acknowledgedAt === undefined) return [];
  if (quietUntil(policy.quietHours, severity, now) !== undefined) return [];
  const rotas = stepsFor(policy, severity)
    .flatMap(({ to }) => to)
    .flatMap((target) => policy.rotas[target.replace(/^rota:/, '')] ?? []);
  const isHolder = (person: string) => isCalled(acknowledgedBy, person, policy);
  const relieved = rotas.filter((rota) => isHolder(onCall(rota, acknowledgedAt)));
  const next = new Set(relieved.map((rota) => onCall(rota, now)).filter((person) => !isHolder(person)));
  return [...next].flatMap((person) => ownAddressOf(policy, person) ?? []);
}

/** Links and Slack's button say who answered by the name in the policy; the console says how they signed in, the command line what they call themselves. */
function isCalled(given: string, person: string, { people }: AlertingPolicy): boolean {
  return given === person || given.toLowerCase() === people[person]?.email?.toLowerCase();
}
