import type { ForecastsAnswer } from '@lamplighter/contracts';

type Breach = Extract<ForecastsAnswer, { kind: 'breaches' }>['breaches'][number];

/** How a limit stands that will probably be hit, and was not yet. */
export const AHEAD: readonly Breach['change'][] = ['predicted', 'corrected'];

export const isAhead = ({ change }: Pick<Breach, 'change'>): boolean => AHEAD.includes(change);

/** Limits that are ahead, and behind them the others, each once. */
export function aheadFirst(ahead: readonly Breach[], newest: readonly Breach[]): Breach[] {
  const told = new Map([...ahead, ...newest].map((breach) => [breach.breachId, breach]));
  return [...told.values()].sort((a, b) => Number(isAhead(b)) - Number(isAhead(a)));
}
