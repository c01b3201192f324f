import type { FleetRow } from '../../../src/api/get-fleet.ts';
import type { Now } from '../../../src/api/get-now.ts';
import { count } from '../../text/say-figures.ts';

/** Everything in one sentence, and how bad it is. */
export interface Verdict {
  readonly tone: 'critical' | 'warning' | 'good';
  readonly said: string;
}

type Told = Pick<
  Now,
  | 'services'
  | 'openFindings'
  | 'criticalFindings'
  | 'openAlerts'
  | 'criticalAlerts'
  | 'atLeast'
  | 'waiting'
  | 'isKilled'
>;
type Audited = { readonly rows: readonly Pick<FleetRow, 'completenessPct' | 'isFirstHour' | 'isUnreadable'>[] };

/**
 * Nothing is quiet where a service that would tell of it does not answer, or nobody looks for faults at all; nor where functions are audited in part
 * alone, or nothing would be repaired.
 */
export function verdictOf(now: Told, fleet: Audited = { rows: [] }): Verdict {
  const blind = [
    ...blindness(now.services),
    ...inPart(fleet),
    ...(now.isKilled === true ? ['repairs are stopped'] : []),
  ];
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

/** Below this share of a function's calls of a day, as the ledger compared them, there is more missing than is on its way. */
const LEAST_AUDITED_PCT = 99;

function inPart({ rows }: Audited): string[] {
  const isInPart = ({ completenessPct, isFirstHour, isUnreadable }: Audited['rows'][number]): boolean =>
    isUnreadable || (!isFirstHour && completenessPct !== null && completenessPct < LEAST_AUDITED_PCT);
  const number = rows.filter(isInPart).length;
  return number === 0 ? [] : [`${count(number)} ${plural(number, 'function')} audited only in part`];
}

const SEES = new Set<string>(['ingestion', 'analysis']);

const plural = (number: number, noun: string): string => (number === 1 ? noun : `${noun}s`);
