import type { Now } from '../../../src/api/get-now.ts';
import { count } from '../../text/say-figures.ts';

/** Everything in one sentence, and how bad it is. */
export interface Verdict {
  readonly tone: 'critical' | 'warning' | 'good';
  readonly said: string;
}

type Told = Pick<Now, 'services' | 'openFindings' | 'findings' | 'openAlerts' | 'alerts' | 'waiting'>;

/** Nothing is quiet where a service that would tell of it does not answer, or nobody looks for faults at all. */
export function verdictOf(now: Told): Verdict {
  const findings = now.findings.filter(isCritical).length;
  const alerts = now.alerts.filter((alert) => isCritical(alert) && alert.state !== 'snoozed').length;
  const blind = blindness(now.services);
  const said = [
    now.openFindings > 0 && `${plural(now.openFindings, 'finding')} open${criticalOf(findings)}`,
    now.waiting.length > 0 &&
      `${plural(now.waiting.length, 'repair')} ${now.waiting.length === 1 ? 'waits' : 'wait'} for you`,
    now.openAlerts > 0 && `${plural(now.openAlerts, 'alert')} open${criticalOf(alerts)}`,
    ...blind,
  ].filter((part) => part !== false);
  const isWarning = now.openFindings + now.openAlerts + now.waiting.length + blind.length > 0;
  return {
    tone: findings + alerts > 0 ? 'critical' : isWarning ? 'warning' : 'good',
    said: said.length === 0 ? 'All quiet: nothing is open, nothing waits for you.' : `${said.join(' · ')}.`,
  };
}

/** What is not seen: by a service that fails, whichever it is, and where nobody audits or looks for faults. */
function blindness(services: Told['services']): string[] {
  const failed = services.filter(({ state }) => state === 'failed').map(({ service }) => service);
  const absent = services.filter(({ service, state }) => state === 'not-deployed' && SEES.has(service));
  return [
    ...(failed.length > 0 ? [`${failed.join(', ')} ${failed.length === 1 ? 'does' : 'do'} not answer`] : []),
    ...(absent.length > 0 ? ['Lamplighter itself sees only a part'] : []),
  ];
}

const SEES = new Set<string>(['ingestion', 'analysis']);

const isCritical = ({ severity }: { readonly severity: string }): boolean => severity === 'critical';

const criticalOf = (critical: number): string => (critical > 0 ? `, ${count(critical)} critical` : '');

const plural = (number: number, noun: string): string => `${count(number)} ${noun}${number === 1 ? '' : 's'}`;
