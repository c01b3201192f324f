import type { Now } from '../../../src/api/get-now.ts';
import { count } from '../../text/say-figures.ts';

/** Everything in one sentence, and how bad it is. */
export interface Verdict {
  readonly tone: 'critical' | 'warning' | 'good';
  readonly said: string;
}

type Told = Pick<
  Now,
  'services' | 'openFindings' | 'criticalFindings' | 'openAlerts' | 'criticalAlerts' | 'atLeast' | 'waiting'
>;

/** Nothing is quiet where a service that would tell of it does not answer, or nobody looks for faults at all. */
export function verdictOf(now: Told): Verdict {
  const blind = blindness(now.services);
  const critical = (name: 'criticalFindings' | 'criticalAlerts'): string =>
    now[name] > 0 ? `, ${countOf(now, name)} critical` : '';
  const said = [
    now.openFindings > 0 &&
      `${countOf(now, 'openFindings')} ${plural(now.openFindings, 'finding')} open${critical('criticalFindings')}`,
    now.waiting.length > 0 &&
      `${count(now.waiting.length)} ${plural(now.waiting.length, 'repair')} ${now.waiting.length === 1 ? 'waits' : 'wait'} for you`,
    now.openAlerts > 0 &&
      `${countOf(now, 'openAlerts')} ${plural(now.openAlerts, 'alert')} open${critical('criticalAlerts')}`,
    ...blind,
  ].filter((part) => part !== false);
  const isWarning = now.openFindings + now.openAlerts + now.waiting.length + blind.length > 0;
  return {
    tone: now.criticalFindings + now.criticalAlerts > 0 ? 'critical' : isWarning ? 'warning' : 'good',
    said: said.length === 0 ? 'All quiet: nothing is open, nothing waits for you.' : `${said.join(' · ')}.`,
  };
}

/** `150`; `1,000+` where there may be more. */
export const countOf = (now: Pick<Now, Now['atLeast'][number] | 'atLeast'>, name: Now['atLeast'][number]): string =>
  `${count(now[name])}${now.atLeast.includes(name) ? '+' : ''}`;

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

const plural = (number: number, noun: string): string => (number === 1 ? noun : `${noun}s`);
